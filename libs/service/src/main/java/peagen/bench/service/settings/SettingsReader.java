package peagen.bench.service.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import peagen.bench.service.settings.Settings.Chosen;
import peagen.bench.service.syntax.Quoted;
import peagen.bench.service.toml.Problem;
import peagen.bench.service.toml.TomlFile;

/**
 * Finds the value of every declared setting: on the command line, else in the environment, else in the TOML file named by
 * {@code --config} or {@code BENCH_CONFIG}, else its default. Finds every problem in one go.
 */
public final class SettingsReader {

    private final SettingsSpec spec;
    private final CommandLine commandLine;
    private final Environment environment;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Chosen<?>> chosen = new LinkedHashMap<>();

    private SettingsReader(SettingsSpec spec, CommandLine commandLine, Environment environment) {
        this.spec = spec;
        this.commandLine = commandLine;
        this.environment = environment;
    }

    /**
     * Reads the settings of a program. Touches the file system only to read the configuration file.
     *
     * @param arguments the command line without the program's name
     * @param environment all variables of the process
     */
    public static SettingsResult read(SettingsSpec spec, List<String> arguments, Map<String, String> environment) {
        CommandLine commandLine = CommandLine.parse(spec, arguments);
        if (commandLine.switches().contains("help")) {
            return new SettingsResult.Answered(HelpText.of(spec));
        }
        if (commandLine.switches().contains("version")) {
            return new SettingsResult.Answered(spec.program() + " " + spec.version());
        }
        return new SettingsReader(spec, commandLine, Environment.parse(spec, environment)).read();
    }

    private SettingsResult read() {
        problems.addAll(commandLine.problems());
        problems.addAll(environment.problems());
        TomlFile file = configuration();
        spec.settings().forEach(setting -> choose(setting, file));
        file.problems().stream().map(Problem::toString).forEach(problems::add);
        Settings settings = new Settings(chosen);
        if (problems.isEmpty()) {
            spec.rules().forEach(rule -> problems.addAll(rule.apply(settings)));
        }
        if (!problems.isEmpty()) {
            return new SettingsResult.Rejected(List.copyOf(problems));
        }
        return commandLine.switches().contains("check-config")
                ? new SettingsResult.Answered(spec.program() + ": the settings are sound\n\n" + settings.table())
                : new SettingsResult.Read(settings);
    }

    private TomlFile configuration() {
        Optional<String> name = Optional.ofNullable(commandLine.values().get("config"))
                .or(() -> Optional.ofNullable(environment.values().get("config")));
        try {
            return name.map(path -> TomlFile.load(Path.of(path))).orElseGet(() -> TomlFile.parse("", ""));
        } catch (InvalidPathException notAPath) {
            problems.add("config: got " + Quoted.of(name.orElse("")) + ", expected the path of a TOML file");
            return TomlFile.parse("", "");
        }
    }

    private <T> void choose(Setting<T> setting, TomlFile file) {
        String name = setting.name();
        if (commandLine.values().containsKey(name)) {
            file.root().ignore(name);
            accept(setting, commandLine.values().get(name), setting.flag());
        } else if (environment.values().containsKey(name)) {
            file.root().ignore(name);
            accept(setting, environment.values().get(name), setting.environmentName());
        } else if (file.root().has(name)) {
            file.root()
                    .value(name, setting.syntax())
                    .optional()
                    .ifPresent(value -> chosen.put(name, new Chosen<>(setting, value, file.name())));
        } else if (setting.fallback().isPresent()) {
            file.root().ignore(name);
            chosen.put(name, new Chosen<>(setting, setting.fallback().get(), "default"));
        } else {
            file.root().ignore(name);
            missing(setting, file);
        }
    }

    private <T> void accept(Setting<T> setting, String text, String source) {
        Optional<T> value = setting.syntax().read(text);
        value.ifPresent(sound -> chosen.put(setting.name(), new Chosen<>(setting, sound, source)));
        if (value.isEmpty()) {
            problems.add(setting.name() + ": " + setting.syntax().rejection(text) + " (from " + source + ")");
        }
    }

    /** A broken file may well hold the setting, and a flag without its value has been reported. */
    private void missing(Setting<?> setting, TomlFile file) {
        boolean reported = commandLine.problems().stream().anyMatch(p -> p.startsWith(setting.name() + ": no value"));
        if (file.readable() && !reported) {
            problems.add(
                    setting.name() + ": missing, expected " + setting.syntax().expected() + " (give " + setting.flag()
                            + " or " + setting.environmentName() + ")");
        }
    }
}
