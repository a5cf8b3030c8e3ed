package peagen.bench.service.settings;

import java.util.List;

/** What became of a command line. */
public sealed interface SettingsResult {

    /** All settings are sound: go ahead. */
    record Read(Settings settings) implements SettingsResult {}

    /** The user asked a question ({@code --help}, {@code --version}, {@code --check-config}); print the answer and end with 0. */
    record Answered(String text) implements SettingsResult {}

    /** Print all problems, one line each, and end with exit code 2. Never empty. */
    record Rejected(List<String> problems) implements SettingsResult {}
}
