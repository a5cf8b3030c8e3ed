package peagen.bench.service.toml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import peagen.bench.service.syntax.Quoted;
import peagen.bench.service.syntax.Suggestion;
import peagen.bench.service.syntax.Syntax;
import peagen.bench.service.toml.Raw.Kind;

/**
 * One table of a {@link TomlFile}. Every question notes a problem when the value is of the wrong type or out of its bounds, and
 * marks the key as known: keys that were never asked for are problems at the end. Keys are single names, never dotted paths.
 * Not thread-safe.
 */
public final class TomlSection {

    private final Notes notes;
    private final String path;
    private final Spot spot;
    private final TomlTable table;
    private final boolean present;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Map<String, TomlSection> sections = new HashMap<>();
    private final Map<String, List<TomlSection>> lists = new HashMap<>();

    TomlSection(Notes notes, String path, Spot spot, TomlTable table, boolean present) {
        this.notes = notes;
        this.path = path;
        this.spot = spot;
        this.table = table;
        this.present = present;
    }

    /** Whether the file has this table at all. */
    public boolean present() {
        return present;
    }

    /** The names of all keys here, for tables whose keys are data; reading each of them is up to the caller. */
    public List<String> keys() {
        return table.keySet().stream().sorted().toList();
    }

    /** Whether the key is there, whatever its value; does not count as asking for it. */
    public boolean has(String key) {
        return table.contains(List.of(key));
    }

    /** Some text, not blank. */
    public TomlValue<String> text(String key) {
        return ask(key, Kind.TEXT, Syntax.text());
    }

    /** A whole number, both bounds included. */
    public TomlValue<Integer> wholeNumber(String key, int min, int max) {
        return ask(key, Kind.WHOLE, Syntax.wholeNumber(min, max));
    }

    /** A whole number of 64 bits, both bounds included. */
    public TomlValue<Long> longNumber(String key, long min, long max) {
        return ask(key, Kind.WHOLE, Syntax.longNumber(min, max));
    }

    /** A whole or decimal number, both bounds included; never infinite or not a number. */
    public TomlValue<Double> number(String key, double min, double max) {
        return ask(key, Kind.NUMBER, Syntax.number(min, max));
    }

    /** A duration in quotes: {@code "1h30m"}. */
    public TomlValue<Duration> duration(String key) {
        return ask(key, Kind.TEXT, Syntax.duration());
    }

    /** {@code true} or {@code false}. */
    public TomlValue<Boolean> flag(String key) {
        return ask(key, Kind.FLAG, Syntax.flag());
    }

    /** A constant of an enum, written in lower case with dashes. */
    public <E extends Enum<E>> TomlValue<E> choice(String key, Class<E> type) {
        return ask(key, Kind.TEXT, Syntax.choice(type));
    }

    /** One of a few words. */
    public TomlValue<String> choice(String key, String... words) {
        return ask(key, Kind.TEXT, Syntax.choice(words));
    }

    /** Any scalar (or array of scalars, with commas between them) that {@code syntax} reads, with or without quotes. */
    public <T> TomlValue<T> value(String key, Syntax<T> syntax) {
        return ask(key, Kind.ANY, syntax);
    }

    /** An array of texts; wrong elements are reported one by one. */
    public TomlValue<List<String>> texts(String key) {
        return list(key, Kind.TEXT, Syntax.text());
    }

    /** An array of scalars that {@code syntax} reads; wrong elements are reported one by one. */
    public <T> TomlValue<List<T>> values(String key, Syntax<T> syntax) {
        return list(key, Kind.ANY, syntax);
    }

    /** The table below this one; an empty one that is not {@link #present} when it is absent or not a table. */
    public TomlSection table(String key) {
        return sections.computeIfAbsent(key, this::open);
    }

    /** The table below this one, if it is there. */
    public Optional<TomlSection> optionalTable(String key) {
        return Optional.of(table(key)).filter(TomlSection::present);
    }

    /** The tables of an array, {@code [[key]]} each; none when it is absent or not an array. */
    public List<TomlSection> tables(String key) {
        return lists.computeIfAbsent(key, this::openAll);
    }

    /** Marks a key as known without reading it. */
    public void ignore(String key) {
        asked.add(key);
    }

    /** Notes a problem of your own about a key, at the key's place or, when it is absent, at this table's. */
    public void reject(String key, String message) {
        asked.add(key);
        notes.add(spotOf(key), pathOf(key), message);
    }

    void collectUnknown(List<Problem> problems) {
        for (String key : table.keySet()) {
            if (!asked.contains(key)) {
                Spot at = spotOf(key);
                String message = "unknown" + Suggestion.didYouMean(key, asked, "");
                problems.add(new Problem(notes.file(), at.line(), at.column(), pathOf(key), message));
            }
        }
        sections.values().forEach(section -> section.collectUnknown(problems));
        lists.values().forEach(list -> list.forEach(section -> section.collectUnknown(problems)));
    }

    private Optional<Object> raw(String key) {
        asked.add(key);
        return Optional.ofNullable(table.get(List.of(key)));
    }

    private <T> TomlValue<T> ask(String key, Kind kind, Syntax<T> syntax) {
        Optional<Object> raw = raw(key);
        if (raw.isEmpty()) {
            return absent(key, syntax.expected());
        }
        Optional<T> value = Raw.read(raw.get(), kind, syntax);
        if (value.isEmpty()) {
            notes.add(spotOf(key), pathOf(key), Raw.rejection(raw.get(), kind, syntax));
        }
        return new TomlValue<>(value, () -> {});
    }

    private <T> TomlValue<List<T>> list(String key, Kind kind, Syntax<T> syntax) {
        String expected = "an array, each element " + syntax.expected();
        Optional<Object> raw = raw(key);
        if (raw.isEmpty()) {
            return absent(key, expected);
        }
        if (!(raw.get() instanceof TomlArray array)) {
            reject(key, "got " + Raw.describe(raw.get()) + ", expected " + expected);
            return new TomlValue<>(Optional.empty(), () -> {});
        }
        List<T> values = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            Object element = array.get(i);
            Optional<T> value = Raw.read(element, kind, syntax);
            value.ifPresent(values::add);
            if (value.isEmpty()) {
                notes.add(at(array.inputPositionOf(i)), pathOf(key, i), Raw.rejection(element, kind, syntax));
            }
        }
        return new TomlValue<>(Optional.of(List.copyOf(values)), () -> {});
    }

    private <T> TomlValue<T> absent(String key, String expected) {
        return new TomlValue<>(Optional.empty(), () -> notes.add(spot, pathOf(key), "missing, expected " + expected));
    }

    private TomlSection open(String key) {
        Optional<Object> raw = raw(key);
        if (raw.isPresent() && raw.get() instanceof TomlTable below) {
            return new TomlSection(notes, pathOf(key), spotOf(key), below, true);
        }
        raw.ifPresent(other -> reject(key, "got " + Raw.describe(other) + ", expected a table"));
        Notes below = raw.isPresent() ? notes.silent() : notes;
        return new TomlSection(below, pathOf(key), spot, Toml.parse(""), false);
    }

    private List<TomlSection> openAll(String key) {
        Optional<Object> raw = raw(key);
        if (raw.isEmpty()) {
            return List.of();
        }
        if (!(raw.get() instanceof TomlArray array)) {
            reject(
                    key,
                    "got " + Raw.describe(raw.get()) + ", expected an array of tables, each beginning [[" + key + "]]");
            return List.of();
        }
        List<TomlSection> found = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            Spot at = at(array.inputPositionOf(i));
            if (array.get(i) instanceof TomlTable element) {
                found.add(new TomlSection(notes, pathOf(key, i), at, element, true));
            } else {
                notes.add(at, pathOf(key, i), "got " + Raw.describe(array.get(i)) + ", expected a table");
            }
        }
        return List.copyOf(found);
    }

    private Spot spotOf(String key) {
        return at(table.inputPositionOf(List.of(key)));
    }

    /** A place in the file; what has none, because it is absent, would belong into this table. */
    private Spot at(@Nullable TomlPosition position) {
        return position == null ? spot : new Spot(position.line(), position.column());
    }

    private String pathOf(String key, int index) {
        return pathOf(key) + "[" + index + "]";
    }

    private String pathOf(String key) {
        String name = key.matches("[A-Za-z0-9_-]+") ? key : Quoted.of(key);
        return path.isEmpty() ? name : path + "." + name;
    }
}
