package peagen.bench.service.toml;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;
import peagen.bench.service.syntax.Quoted;
import peagen.bench.service.syntax.Syntax;

/** Values as tomlj hands them out: String, Long, Double, Boolean, a date or time, an array, a table. */
final class Raw {

    private Raw() {}

    /** Which TOML types a question takes. */
    enum Kind {
        TEXT,
        WHOLE,
        NUMBER,
        FLAG,
        ANY
    }

    /** What {@code syntax} makes of {@code raw}; empty when the type or the text does not fit. */
    static <T> Optional<T> read(Object raw, Kind kind, Syntax<T> syntax) {
        return is(raw, kind) ? written(raw).flatMap(syntax::read) : Optional.empty();
    }

    /** Says what is wrong with {@code raw}, which {@link #read} did not take. */
    static <T> String rejection(Object raw, Kind kind, Syntax<T> syntax) {
        if ((is(raw, kind) && raw instanceof String) || syntax.confidential()) {
            return syntax.rejection(raw.toString());
        }
        String quotes = "";
        if (kind == Kind.TEXT) {
            quotes = ", in quotes";
        } else if (raw instanceof String text && syntax.read(text).isPresent()) {
            quotes = ", without quotes";
        }
        return "got " + describe(raw) + ", expected " + syntax.expected() + quotes;
    }

    /** {@code raw} as it may stand in a problem. */
    static String describe(Object raw) {
        return switch (raw) {
            case String text -> Quoted.of(text);
            case TomlTable table -> "a table";
            case TomlArray array -> "an array";
            case Double number when number.isNaN() -> "nan";
            case Double number when number.isInfinite() -> number > 0 ? "inf" : "-inf";
            default -> Quoted.plain(raw.toString());
        };
    }

    private static boolean is(Object raw, Kind kind) {
        return switch (kind) {
            case TEXT -> raw instanceof String;
            case WHOLE -> raw instanceof Long;
            case NUMBER -> raw instanceof Long || raw instanceof Double;
            case FLAG -> raw instanceof Boolean;
            case ANY -> !(raw instanceof TomlTable);
        };
    }

    /** A scalar as a command line would say it, an array of scalars with commas between them. */
    private static Optional<String> written(Object raw) {
        if (!(raw instanceof TomlArray array)) {
            return Optional.of(raw.toString());
        }
        List<Object> elements =
                IntStream.range(0, array.size()).mapToObj(array::get).toList();
        boolean flat = elements.stream().noneMatch(e -> e instanceof TomlArray || e instanceof TomlTable);
        return flat
                ? Optional.of(elements.stream().map(Object::toString).collect(Collectors.joining(",")))
                : Optional.empty();
    }
}
