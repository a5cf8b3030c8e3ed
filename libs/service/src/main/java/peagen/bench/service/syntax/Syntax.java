package peagen.bench.service.syntax;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import peagen.bench.contract.Secret;

/**
 * How one kind of value is written: reads text into a value, writes a value back, and says what it expected when it cannot.
 * Immutable and thread-safe as long as its functions are.
 *
 * @param placeholder stands for the value in a usage line, such as {@code NUMBER}
 * @param expected finishes the sentence "got 'x', expected …"
 * @param reader reads trimmed text; empty when it cannot
 * @param writer writes a value so that {@code reader} reads it again
 * @param words everything that may be written, when that is a closed list; else empty
 * @param mask what is shown of a value that must not be shown as it is written; empty for one that may
 * @param <T> the value
 */
public record Syntax<T>(
        String placeholder,
        String expected,
        Function<String, Optional<T>> reader,
        Function<T, String> writer,
        List<String> words,
        Optional<Function<T, String>> mask) {

    private static final String HIDDEN = "****";

    /** A syntax of your own. */
    public static <T> Syntax<T> of(
            String placeholder, String expected, Function<String, Optional<T>> reader, Function<T, String> writer) {
        return new Syntax<>(placeholder, expected, reader, writer, List.of(), Optional.empty());
    }

    /** Any text that is not blank. */
    public static Syntax<String> text() {
        return of("TEXT", "some text", text -> Optional.of(text).filter(some -> !some.isBlank()), text -> text);
    }

    /** Text that is never shown. */
    public static Syntax<Secret> secret() {
        return of("SECRET", "some text", text -> Optional.of(new Secret(text)), Secret::reveal)
                .hidden();
    }

    /** A whole number, both bounds included; digits may be grouped as in {@code 10_000}. */
    public static Syntax<Integer> wholeNumber(int min, int max) {
        return Numbers.whole(min, max, max == Integer.MAX_VALUE, Long::intValue);
    }

    /** A whole number of 64 bits, both bounds included. */
    public static Syntax<Long> longNumber(long min, long max) {
        return Numbers.whole(min, max, max == Long.MAX_VALUE, number -> number);
    }

    /** A decimal number, both bounds included; never infinite or not a number. */
    public static Syntax<Double> number(double min, double max) {
        return Numbers.decimal(min, max);
    }

    /** A probability: {@code 0.05} or {@code 5%}. */
    public static Syntax<Double> probability() {
        return Numbers.probability();
    }

    /** A {@link Rate}. */
    public static Syntax<Rate> rate() {
        return of("RATE", Rate.EXPECTED, Rate::parse, Rate::toString);
    }

    /** A duration as {@link DurationText} reads it. */
    public static Syntax<Duration> duration() {
        return of("DURATION", DurationText.EXPECTED, DurationText::parse, DurationText::format);
    }

    /** A duration within bounds, both included. */
    public static Syntax<Duration> duration(Duration min, Duration max) {
        return of(
                "DURATION",
                "a duration from " + DurationText.format(min) + " to " + DurationText.format(max)
                        + ", such as 250ms or 1h30m",
                text -> DurationText.parse(text)
                        .filter(duration -> duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0),
                DurationText::format);
    }

    /** A size in bytes as {@link SizeText} reads it, within bounds, both included. */
    public static Syntax<Long> size(long min, long max) {
        return of(
                "SIZE",
                "a size from " + SizeText.format(min) + " to " + SizeText.format(max) + ", such as 512KiB or 64MiB",
                text -> SizeText.parse(text).filter(bytes -> bytes >= min && bytes <= max),
                SizeText::format);
    }

    /** Yes or no; the words {@code true yes on} and {@code false no off}. */
    public static Syntax<Boolean> flag() {
        Function<String, Optional<Boolean>> reader = text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> Optional.of(true);
            case "false", "no", "off" -> Optional.of(false);
            default -> Optional.empty();
        };
        return of("true|false", "true or false", reader, value -> value.toString());
    }

    /** The path of a file or directory, which need not exist. */
    public static Syntax<Path> path() {
        Function<String, Optional<Path>> reader = text -> {
            try {
                return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
            } catch (InvalidPathException notAPath) {
                return Optional.empty();
            }
        };
        return of("PATH", "the path of a file or directory", reader, Path::toString);
    }

    /** A {@link HostPort}. */
    public static Syntax<HostPort> hostPort() {
        return of("HOST:PORT", HostPort.EXPECTED, HostPort::parse, HostPort::toString);
    }

    /** One of a few words, exactly as given. */
    public static Syntax<String> choice(String... words) {
        return choice(Arrays.asList(words), word -> word);
    }

    /** A constant of an enum, written in lower case with dashes: {@code NOT_MEASURED} is {@code not-measured}. */
    public static <E extends Enum<E>> Syntax<E> choice(Class<E> type) {
        return choice(
                Arrays.asList(type.getEnumConstants()),
                constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static <T> Syntax<T> choice(List<T> values, Function<T, String> writer) {
        List<String> words = values.stream().map(writer).toList();
        return new Syntax<>(
                String.join("|", words),
                words.size() == 1 ? words.getFirst() : "one of " + String.join(", ", words),
                text -> values.stream()
                        .filter(value -> writer.apply(value).equals(text.toLowerCase(Locale.ROOT))
                                || writer.apply(value).equals(text))
                        .findFirst(),
                writer,
                words,
                Optional.empty());
    }

    /** Several values with commas between them; an empty text is an empty list. */
    public Syntax<List<T>> list() {
        Function<String, Optional<List<T>>> listReader = text -> {
            List<T> values = new ArrayList<>();
            for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
                Optional<T> value = read(part);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                values.add(value.get());
            }
            return Optional.of(List.copyOf(values));
        };
        Function<List<T>, String> listWriter =
                values -> values.stream().map(writer).collect(Collectors.joining(","));
        return new Syntax<>(
                placeholder + ",…",
                "a list with commas of " + expected,
                listReader,
                listWriter,
                List.of(),
                mask.map(masked -> values -> values.stream().map(masked).collect(Collectors.joining(","))));
    }

    /** This syntax for a value that may be absent; whatever is written is present. */
    public Syntax<Optional<T>> optional() {
        return new Syntax<>(
                placeholder,
                expected,
                text -> present(read(text)),
                value -> value.map(writer).orElse(""),
                words,
                mask.map(masked -> value -> value.map(masked).orElse("")));
    }

    /** This syntax, or {@code word} for "none": {@code off} reads as an empty value. */
    public Syntax<Optional<T>> orWord(String word) {
        return new Syntax<>(
                placeholder + "|" + word,
                expected + ", or " + word,
                text -> text.equalsIgnoreCase(word) ? Optional.of(Optional.empty()) : present(read(text)),
                value -> value.map(writer).orElse(word),
                words,
                mask.map(masked -> value -> value.map(masked).orElse(word)));
    }

    /** Nested on purpose: the outer one says whether the text was understood, the inner one is the value. */
    private static <T> Optional<Optional<T>> present(Optional<T> read) {
        return read.isPresent() ? Optional.of(read) : Optional.empty();
    }

    /** This syntax for values that nobody may see in a problem, a help text or a log. */
    public Syntax<T> hidden() {
        return shownAs(value -> writer.apply(value).isEmpty() ? "" : HIDDEN);
    }

    /** This syntax for values that hold a secret: {@code shown} writes one without it, and what is not understood is not shown. */
    public Syntax<T> shownAs(Function<T, String> shown) {
        return new Syntax<>(placeholder, expected, reader, writer, words, Optional.of(shown));
    }

    /** Whether text that is not understood, and may hold a secret, must not be shown. */
    public boolean confidential() {
        return mask.isPresent();
    }

    /** Reads {@code text}, blanks around it ignored; empty when it is not of this syntax. */
    public Optional<T> read(String text) {
        return reader.apply(text.strip());
    }

    /** {@code value} as a person may see it; of a hidden value only whether it is empty. */
    public String show(T value) {
        return mask.orElse(writer).apply(value);
    }

    /** Says why {@code text} was not read: {@code got 'x', expected …; did you mean …?}. */
    public String rejection(String text) {
        String got = confidential() ? "a value that is not shown here" : Quoted.of(text);
        return "got " + got + ", expected " + expected + Suggestion.didYouMean(text.strip(), words, "");
    }
}
