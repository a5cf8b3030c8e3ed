package peagen.bench.contract.entry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The flat fields of a stream entry: ordered name and value pairs, values as bytes. Immutable by agreement: the arrays handed
 * in and out are not copied, because the hot paths pass them straight to the socket, and nobody may change them.
 */
public final class Fields {

    private final String[] names;
    private final byte[][] values;

    private Fields(String[] names, byte[][] values) {
        this.names = names;
        this.values = values;
    }

    /** A single field, the shape of the measured farm's entries. */
    public static Fields of(String name, byte[] value) {
        return new Fields(new String[] {name}, new byte[][] {value});
    }

    /** Fields from parallel lists: {@code names.get(i)} holds {@code values.get(i)}. */
    public static Fields of(List<String> names, List<byte[]> values) {
        if (names.size() != values.size()) {
            throw new IllegalArgumentException(names.size() + " names for " + values.size() + " values");
        }
        return new Fields(names.toArray(new String[0]), values.toArray(new byte[0][]));
    }

    /** Starts an entry written field by field. */
    public static Builder builder() {
        return new Builder();
    }

    /** How many fields there are. */
    public int size() {
        return names.length;
    }

    /** The name of field {@code index}, counted from 0. */
    public String name(int index) {
        return names[index];
    }

    /** The value of field {@code index}, counted from 0; not to be changed. */
    public byte[] value(int index) {
        return values[index];
    }

    /** The value of the first field called {@code name}; not to be changed. */
    public Optional<byte[]> bytes(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return Optional.of(values[i]);
            }
        }
        return Optional.empty();
    }

    /** The value of the first field called {@code name}, read as UTF-8. */
    public Optional<String> text(String name) {
        return bytes(name).map(value -> new String(value, StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fields that
                && Arrays.equals(names, that.names)
                && Arrays.deepEquals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(names) + Arrays.deepHashCode(values);
    }

    /** {@code name=value} pairs; long values are cut, for logs. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < names.length; i++) {
            String value = new String(values[i], 0, Math.min(values[i].length, 64), StandardCharsets.UTF_8);
            text.append(i == 0 ? "" : ", ").append(names[i]).append('=').append(value);
            if (values[i].length > 64) {
                text.append("… (").append(values[i].length).append(" bytes)");
            }
        }
        return text.append('}').toString();
    }

    /** Collects fields in order. Not thread-safe. */
    public static final class Builder {
        private final List<String> names = new ArrayList<>();
        private final List<byte[]> values = new ArrayList<>();

        private Builder() {}

        /** Adds a binary field. */
        public Builder put(String name, byte[] value) {
            names.add(name);
            values.add(value);
            return this;
        }

        /** Adds a text field, written as UTF-8. */
        public Builder put(String name, String value) {
            return put(name, value.getBytes(StandardCharsets.UTF_8));
        }

        /** Adds a decimal number. */
        public Builder put(String name, long value) {
            return put(name, Long.toString(value));
        }

        /** The fields so far. */
        public Fields build() {
            return Fields.of(names, values);
        }
    }
}
