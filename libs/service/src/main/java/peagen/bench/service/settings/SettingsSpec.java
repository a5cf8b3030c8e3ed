package peagen.bench.service.settings;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything a program lets its user set, and what its {@code --help} teaches. Immutable; the methods that add return a copy.
 *
 * @param program the command's name, such as {@code collector}
 * @param version shown by {@code --version}
 * @param summary what the program does, a sentence or a few lines
 * @param settings in the order of the help text
 * @param examples command lines worth copying
 * @param sections more of the help text, after the settings
 * @param rules checks across settings, run when each setting by itself is sound; every line they return is a problem
 * @param foreignEnvironment names of {@code BENCH_…} variables that others read and that are no mistake here
 */
public record SettingsSpec(
        String program,
        String version,
        String summary,
        List<Setting<?>> settings,
        List<Example> examples,
        List<Section> sections,
        List<Function<Settings, List<String>>> rules,
        Set<String> foreignEnvironment) {

    /** The version of a program that was not built from a release. */
    public static final String UNRELEASED = "development";

    private static final Set<String> RESERVED = Set.of("config", "check-config", "help", "version");

    /**
     * A command line and what it does.
     *
     * @param command as typed, such as {@code collector --redis redis://127.0.0.1:6379}
     * @param meaning what happens then
     */
    public record Example(String command, String meaning) {}

    /**
     * A titled part of the help text.
     *
     * @param title one line
     * @param lines shown indented
     */
    public record Section(String title, List<String> lines) {}

    /** Rejects names that are reserved or declared twice: mistakes of the programmer. */
    public SettingsSpec {
        settings = List.copyOf(settings);
        examples = List.copyOf(examples);
        sections = List.copyOf(sections);
        rules = List.copyOf(rules);
        foreignEnvironment = Set.copyOf(foreignEnvironment);
        Set<String> names = new HashSet<>(RESERVED);
        settings.forEach(setting -> {
            if (!names.add(setting.name())) {
                throw new IllegalArgumentException("reserved or declared twice: " + setting.name());
            }
        });
    }

    /** A program without settings. */
    public static SettingsSpec of(String program, String summary) {
        return new SettingsSpec(program, UNRELEASED, summary, List.of(), List.of(), List.of(), List.of(), Set.of());
    }

    /** With the version that {@code --version} shows. */
    public SettingsSpec version(String released) {
        return new SettingsSpec(program, released, summary, settings, examples, sections, rules, foreignEnvironment);
    }

    /** With more settings. */
    public SettingsSpec with(Setting<?>... more) {
        return new SettingsSpec(
                program,
                version,
                summary,
                added(settings, List.of(more)),
                examples,
                sections,
                rules,
                foreignEnvironment);
    }

    /** With one more example in the help text. */
    public SettingsSpec example(String command, String meaning) {
        return new SettingsSpec(
                program,
                version,
                summary,
                settings,
                added(examples, List.of(new Example(command, meaning))),
                sections,
                rules,
                foreignEnvironment);
    }

    /** With one more part of the help text. */
    public SettingsSpec section(String title, List<String> lines) {
        return new SettingsSpec(
                program,
                version,
                summary,
                settings,
                examples,
                added(sections, List.of(new Section(title, lines))),
                rules,
                foreignEnvironment);
    }

    /** With one more check across settings; the lines it returns are problems in the form {@code name: got …, expected …}. */
    public SettingsSpec rule(Function<Settings, List<String>> rule) {
        return new SettingsSpec(
                program,
                version,
                summary,
                settings,
                examples,
                sections,
                added(rules, List.of(rule)),
                foreignEnvironment);
    }

    /** With environment variables that are not ours to judge. */
    public SettingsSpec foreignEnvironment(String... names) {
        return new SettingsSpec(
                program,
                version,
                summary,
                settings,
                examples,
                sections,
                rules,
                Set.copyOf(added(List.copyOf(foreignEnvironment), List.of(names))));
    }

    /** The names of all settings. */
    List<String> names() {
        return settings.stream().<String>map(Setting::name).toList();
    }

    /** The names of all settings and of the flags that every program has. */
    List<String> flagNames() {
        return Stream.concat(names().stream(), RESERVED.stream().sorted()).toList();
    }

    private static <T> List<T> added(List<? extends T> first, List<? extends T> more) {
        return Stream.concat(first.stream(), more.stream()).collect(Collectors.toUnmodifiableList());
    }
}
