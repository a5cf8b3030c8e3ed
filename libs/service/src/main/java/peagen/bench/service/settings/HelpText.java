package peagen.bench.service.settings;

import java.util.ArrayList;
import java.util.List;

/** The text behind {@code --help}: everything one needs to use the program, made from its declarations. */
final class HelpText {

    private HelpText() {}

    static String of(SettingsSpec spec) {
        List<String> lines = new ArrayList<>();
        lines.add(spec.program() + " " + spec.version());
        spec.summary().lines().forEach(lines::add);
        lines.add("");
        String settings = spec.settings().stream().anyMatch(HelpText::mustBeGiven) ? required(spec) : "";
        lines.add("Usage: " + spec.program() + settings + " [--setting VALUE]… [--config FILE]");
        if (!spec.settings().isEmpty()) {
            lines.add("");
            lines.add("Settings");
            spec.settings().forEach(setting -> describe(setting, lines));
        }
        lines.addAll(COMMON.lines().toList());
        for (SettingsSpec.Section section : spec.sections()) {
            lines.add("");
            lines.add(section.title());
            section.lines().forEach(line -> lines.add("  " + line));
        }
        if (!spec.examples().isEmpty()) {
            lines.add("");
            lines.add("Examples");
            spec.examples().forEach(example -> {
                lines.add("  " + example.command());
                lines.add("      " + example.meaning());
            });
        }
        return String.join("\n", lines);
    }

    private static final String COMMON = """

            Always there
              --config FILE
                  a TOML file with settings, written as above without the dashes: name = value
                  environment BENCH_CONFIG
              --check-config
                  only checks the settings and connects to nothing: prints every value and where it came from, secrets as
                  ****, and ends with 0, or prints every problem and ends with 2
              --help, -h
                  this text
              --version
                  the version

            A setting is taken from the command line, else from the environment, else from the TOML file, else its default.""";

    private static void describe(Setting<?> setting, List<String> lines) {
        String value =
                setting.isFlag() ? " [true|false]" : " " + setting.syntax().placeholder();
        lines.add("  " + setting.flag() + value);
        lines.add("      " + setting.description());
        lines.add("      " + setting.syntax().expected() + "; " + fallback(setting) + "; environment "
                + setting.environmentName());
    }

    private static <T> String fallback(Setting<T> setting) {
        if (mustBeGiven(setting)) {
            return "must be given";
        }
        String shown = setting.fallback().map(setting.syntax()::show).orElse("");
        return shown.isEmpty() ? "optional" : "default " + shown;
    }

    private static String required(SettingsSpec spec) {
        StringBuilder text = new StringBuilder();
        spec.settings().stream()
                .filter(HelpText::mustBeGiven)
                .forEach(setting -> text.append(' ')
                        .append(setting.flag())
                        .append(' ')
                        .append(setting.syntax().placeholder()));
        return text.toString();
    }

    private static boolean mustBeGiven(Setting<?> setting) {
        return setting.fallback().isEmpty();
    }
}
