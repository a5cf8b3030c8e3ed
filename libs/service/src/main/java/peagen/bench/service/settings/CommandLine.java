package peagen.bench.service.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import peagen.bench.service.syntax.Quoted;
import peagen.bench.service.syntax.Suggestion;
import peagen.bench.service.syntax.Syntax;

/**
 * Arguments taken apart.
 *
 * @param values text by setting name, {@code config} included
 * @param switches which of {@code help}, {@code version}, {@code check-config} were given
 * @param problems what could not be understood
 */
record CommandLine(Map<String, String> values, Set<String> switches, List<String> problems) {

    private static final Set<String> SWITCHES = Set.of("help", "version", "check-config");

    static CommandLine parse(SettingsSpec spec, List<String> arguments) {
        return new Parser(spec, arguments).parse();
    }

    /** One pass over the arguments. */
    private static final class Parser {
        private final Map<String, Setting<?>> known;
        private final List<String> flagNames;
        private final List<String> arguments;
        private final CommandLine result = new CommandLine(new LinkedHashMap<>(), new HashSet<>(), new ArrayList<>());
        private int next;

        Parser(SettingsSpec spec, List<String> arguments) {
            this.known = spec.settings().stream().collect(Collectors.toMap(s -> s.name(), s -> s));
            this.flagNames = spec.flagNames();
            this.arguments = arguments;
        }

        CommandLine parse() {
            while (next < arguments.size()) {
                String argument = arguments.get(next++);
                if (argument.equals("-h")) {
                    result.switches.add("help");
                } else if (argument.startsWith("--") && argument.length() > 2) {
                    int equals = argument.indexOf('=');
                    String name = equals < 0 ? argument.substring(2) : argument.substring(2, equals);
                    flag(name, equals < 0 ? Optional.empty() : Optional.of(argument.substring(equals + 1)));
                } else {
                    unexpected(argument);
                }
            }
            return result;
        }

        private void flag(String name, Optional<String> attached) {
            if (SWITCHES.contains(name)) {
                result.switches.add(name);
                attached.ifPresent(value -> result.problems.add("--" + name + ": takes no value"));
            } else if (!known.containsKey(name) && !name.equals("config")) {
                String meant = Suggestion.didYouMean(name, flagNames, "--");
                result.problems.add("--" + Quoted.plain(name) + ": unknown" + meant);
                if (attached.isEmpty() && next < arguments.size() && !isFlag(arguments.get(next))) {
                    next++;
                }
            } else {
                value(name, attached);
            }
        }

        private void value(String name, Optional<String> attached) {
            Optional<String> value = attached.or(() -> following(name));
            if (value.isEmpty()) {
                String expected =
                        known.containsKey(name) ? known.get(name).syntax().expected() : "the path of a TOML file";
                result.problems.add(name + ": no value given, expected " + expected + " (from --" + name + ")");
            } else if (result.values.putIfAbsent(name, value.get()) != null) {
                result.problems.add(name + ": given twice (from --" + name + ")");
            }
        }

        /** The argument after the flag, unless it is a flag itself; a yes-or-no setting needs none. */
        private Optional<String> following(String name) {
            boolean bare = known.containsKey(name) && known.get(name).isFlag();
            boolean value = next < arguments.size() && !isFlag(arguments.get(next));
            if (bare && !(value && Syntax.flag().read(arguments.get(next)).isPresent())) {
                return Optional.of("true");
            }
            return value ? Optional.of(arguments.get(next++)) : Optional.empty();
        }

        private void unexpected(String argument) {
            String name = argument.startsWith("-") ? argument.replaceFirst("^-+", "") : argument;
            String meant = flagNames.contains(name) ? "; did you mean --" + name + "?" : "";
            result.problems.add(Quoted.of(argument) + ": unexpected, settings are written --name value" + meant);
        }

        private static boolean isFlag(String argument) {
            return argument.startsWith("--") || argument.equals("-h");
        }
    }
}
