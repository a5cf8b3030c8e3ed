package peagen.bench.service.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import peagen.bench.service.terminal.TextTable;
import peagen.bench.service.terminal.TextTable.Column;

/** The values of all settings of a {@link SettingsSpec}, every one of them sound. Immutable and thread-safe. */
public final class Settings {

    private final Map<String, Chosen<?>> chosen;

    Settings(Map<String, Chosen<?>> chosen) {
        this.chosen = new LinkedHashMap<>(chosen);
    }

    /** A value and where it came from: {@code --redis}, {@code BENCH_REDIS}, {@code bench.toml} or {@code default}. */
    record Chosen<T>(Setting<T> setting, T value, String source) {
        String shown() {
            return setting.syntax().show(value);
        }
    }

    /**
     * Reads command-line arguments alone, with no environment: for tests and for services started inside another program.
     *
     * @throws IllegalArgumentException naming every problem
     */
    public static Settings of(SettingsSpec spec, String... arguments) {
        return switch (SettingsReader.read(spec, List.of(arguments), Map.of())) {
            case SettingsResult.Read(Settings settings) -> settings;
            case SettingsResult.Answered(String text) -> throw new IllegalArgumentException("a question: " + text);
            case SettingsResult.Rejected(List<String> problems) ->
                throw new IllegalArgumentException(String.join("\n", problems));
        };
    }

    /**
     * The value of {@code setting}.
     *
     * @throws IllegalArgumentException when the program never declared it, a mistake of the programmer
     */
    public <T> T get(Setting<T> setting) {
        @SuppressWarnings("unchecked") // names are unique and the declaration made the value
        T value = (T) entry(setting).value();
        return value;
    }

    /** Where the value came from: {@code --redis}, {@code BENCH_REDIS}, the TOML file's name, or {@code default}. */
    public String source(Setting<?> setting) {
        return entry(setting).source();
    }

    /** Name and value of every setting in order of declaration, as a person may see them: hidden values as {@code ****}. */
    public Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>();
        chosen.forEach((name, entry) -> shown.put(name, entry.shown()));
        return shown;
    }

    /** A table for a person: every setting in order of declaration, its value, hidden ones as {@code ****}, its source. */
    String table() {
        TextTable table = TextTable.of(Column.left("setting"), Column.left("value"), Column.left("from"));
        for (Map.Entry<String, Chosen<?>> entry : chosen.entrySet()) {
            String value = entry.getValue().shown();
            table = table.row(
                    entry.getKey(),
                    value.isEmpty() ? "-" : value,
                    entry.getValue().source());
        }
        return table.toString();
    }

    /** {@code name=value (source)} of every setting, hidden values as {@code ****}. */
    @Override
    public String toString() {
        return chosen.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue().shown() + " ("
                        + e.getValue().source() + ")")
                .collect(Collectors.joining(", "));
    }

    private Chosen<?> entry(Setting<?> setting) {
        return Optional.<Chosen<?>>ofNullable(chosen.get(setting.name()))
                .orElseThrow(() -> new IllegalArgumentException("not declared: " + setting.name()));
    }
}
