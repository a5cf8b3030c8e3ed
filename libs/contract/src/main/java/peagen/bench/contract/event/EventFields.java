package peagen.bench.contract.event;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.Blob;
import peagen.bench.contract.entry.Fields;

/** The flat form that all families share: the envelope's field names, and typed reads that name the field they miss. */
final class EventFields {

    static final String VERSION = "v";
    static final String TYPE = "type";
    static final String RUN = "run";
    static final String PRODUCER = "producer";
    static final String SEQUENCE = "seq";
    static final String AT = "at_us";
    static final String UNCERTAINTY = "clock_uncertainty_us";

    private static final class BadField extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadField(String message) {
            super(message, null, false, false);
        }
    }

    private final Fields fields;

    private EventFields(Fields fields) {
        this.fields = fields;
    }

    static Fields.Builder start(String type, Envelope envelope) {
        return Fields.builder()
                .put(VERSION, Envelope.SCHEMA_VERSION)
                .put(TYPE, type)
                .put(RUN, envelope.runId())
                .put(PRODUCER, envelope.producer())
                .put(SEQUENCE, envelope.producerSequence())
                .put(AT, envelope.occurredAtMicros())
                .put(UNCERTAINTY, envelope.clockUncertaintyMicros());
    }

    /** Reads version and type, then lets {@code body} read the rest; empty from {@code body} means an unknown type. */
    static <T> Decoded<T> read(Fields fields, Function<EventFields, Optional<T>> body) {
        EventFields reading = new EventFields(fields);
        try {
            String type = reading.text(TYPE);
            String version = reading.text(VERSION);
            if (!version.equals(Integer.toString(Envelope.SCHEMA_VERSION))) {
                return new Decoded.Unsupported<>(type, version);
            }
            return body.apply(reading)
                    .<Decoded<T>>map(Decoded.Known::new)
                    .orElseGet(() -> new Decoded.Unsupported<>(type, version));
        } catch (BadField bad) {
            return new Decoded.Malformed<>(String.valueOf(bad.getMessage()));
        }
    }

    String type() {
        return text(TYPE);
    }

    Envelope envelope() {
        return new Envelope(text(PRODUCER), count(SEQUENCE), text(RUN), count(AT), count(UNCERTAINTY));
    }

    String text(String name) {
        return fields.text(name).orElseThrow(() -> new BadField("field '" + name + "' is missing"));
    }

    byte[] bytes(String name) {
        return fields.bytes(name).orElseThrow(() -> new BadField("field '" + name + "' is missing"));
    }

    /** The bytes of a field that was added later on; none where it is not there. */
    Blob blobOrEmpty(String name) {
        return fields.bytes(name).map(Blob::new).orElse(MetricsDelta.NO_PART);
    }

    /** Writes what {@link #blobOrEmpty} reads: an entry without it has the bytes that it always had. */
    static void putUnlessEmpty(Fields.Builder fields, String name, Blob blob) {
        if (blob.length() > 0) {
            fields.put(name, blob.bytes());
        }
    }

    long number(String name) {
        String text = text(name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw new BadField("field '" + name + "': got '" + text + "', expected a whole number");
        }
    }

    /** A number that cannot be negative. */
    long count(String name) {
        long value = number(name);
        if (value < 0) {
            throw new BadField("field '" + name + "': got " + value + ", expected 0 or more");
        }
        return value;
    }

    /** A length of a year at most. */
    int seconds(String name) {
        long value = count(name);
        check(value <= 31_536_000, "field '" + name + "': got " + value + ", expected at most a year of seconds");
        return (int) value;
    }

    /** The text of a field that may be absent. */
    Optional<String> optional(String name) {
        return fields.text(name);
    }

    /** A list of words, comma separated; empty text is the empty list. */
    List<String> words(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> words = List.of(text.split(",", -1));
        check(!words.contains(""), "field '" + name + "': empty word in '" + text + "'");
        return words;
    }

    /** What {@link #words} reads: a word that it would not read as one must not be written, it would shift all others. */
    static String joined(List<String> words) {
        for (String word : words) {
            if (word.isEmpty() || word.indexOf(',') >= 0) {
                throw new IllegalArgumentException("got '" + word + "' in " + words + ", expected words without comma");
            }
        }
        return String.join(",", words);
    }

    /** A list of names that {@link #joinedNames} wrote: foreign words, in which commas and percent signs are escaped. */
    List<String> names(String name) {
        return words(name).stream()
                .map(word -> word.replace("%2C", ",").replace("%25", "%"))
                .toList();
    }

    /** What {@link #names} reads. */
    static String joinedNames(List<String> names) {
        return joined(names.stream()
                .map(name -> name.replace("%", "%25").replace(",", "%2C"))
                .toList());
    }

    /** The class of workers, which was added later on and may be absent. */
    String workerClass(String name) {
        String workerClass = fields.text(name).orElse(WorkerClass.NOT_SAID);
        check(
                WorkerClass.isOne(workerClass),
                "field '" + name + "': got '" + workerClass + "', expected " + WorkerClass.EXPECTED);
        return workerClass;
    }

    <E extends Enum<E>> E word(String name, Class<E> type, Function<E, String> label) {
        String text = text(name);
        for (E constant : type.getEnumConstants()) {
            if (label.apply(constant).equals(text)) {
                return constant;
            }
        }
        List<String> known = Arrays.stream(type.getEnumConstants()).map(label).toList();
        throw new BadField("field '" + name + "': got '" + text + "', expected one of " + known);
    }

    LongTable table(String name, int columns) {
        return switch (LongTable.decode(bytes(name), columns)) {
            case Decoded.Known<LongTable>(LongTable table) -> table;
            case Decoded<LongTable> other -> throw new BadField("field '" + name + "': " + other.problem());
        };
    }

    void check(boolean condition, String problem) {
        if (!condition) {
            throw new BadField(problem);
        }
    }
}
