package peagen.bench.gatekeeper.webhook.domain;

import java.util.Arrays;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** An IPv4 or IPv6 address. Immutable. */
public final class IpAddress {

    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;
    private static final int V6_GROUPS = 8;
    private static final Pattern V4_PART = Pattern.compile("0|[1-9]\\d{0,2}");
    private static final Pattern V6_PART = Pattern.compile("[0-9A-Fa-f]{1,4}");

    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The address of 4 or 16 bytes, the most significant first. */
    public static IpAddress of(byte[] bytes) {
        if (bytes.length != V4_BYTES && bytes.length != V6_BYTES) {
            throw new IllegalArgumentException("address: got " + bytes.length + " bytes, expected 4 or 16");
        }
        return new IpAddress(bytes.clone());
    }

    /** Reads {@code 192.0.2.1} or {@code 2001:db8::1}; empty when {@code text} is neither, other spellings included. */
    public static Optional<IpAddress> parse(String text) {
        return text.contains(":") ? parseV6(text) : parseV4(text);
    }

    private static Optional<IpAddress> parseV4(String text) {
        String[] parts = text.split("\\.", -1);
        byte[] bytes = new byte[V4_BYTES];
        if (parts.length != V4_BYTES) {
            return Optional.empty();
        }
        for (int i = 0; i < V4_BYTES; i++) {
            if (!V4_PART.matcher(parts[i]).matches() || Integer.parseInt(parts[i]) > 255) {
                return Optional.empty();
            }
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return Optional.of(new IpAddress(bytes));
    }

    private static Optional<IpAddress> parseV6(String text) {
        String[] halves = text.split("::", -1);
        String[] head = groups(halves[0]);
        String[] tail = halves.length > 1 ? groups(halves[1]) : new String[0];
        int given = head.length + tail.length;
        if (halves.length > 2 || (halves.length == 1 ? given != V6_GROUPS : given >= V6_GROUPS)) {
            return Optional.empty();
        }
        byte[] bytes = new byte[V6_BYTES];
        for (int i = 0; i < given; i++) {
            String group = i < head.length ? head[i] : tail[i - head.length];
            if (!V6_PART.matcher(group).matches()) {
                return Optional.empty();
            }
            int at = 2 * (i < head.length ? i : V6_GROUPS - given + i);
            int value = Integer.parseInt(group, 16);
            bytes[at] = (byte) (value >> 8);
            bytes[at + 1] = (byte) value;
        }
        return Optional.of(new IpAddress(bytes));
    }

    private static String[] groups(String half) {
        return half.isEmpty() ? new String[0] : half.split(":", -1);
    }

    /** Whether it is an IPv4 address, written as one. */
    boolean isV4() {
        return bytes.length == V4_BYTES;
    }

    /** How many bits it has. */
    int bits() {
        return bytes.length * 8;
    }

    /** Whether the first {@code bits} bits are those of {@code other}, which is of the same kind. */
    boolean startsLike(IpAddress other, int bits) {
        if (bytes.length != other.bytes.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((bytes[bit / 8] & mask) != (other.bytes[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** The IPv4 address in its last four bytes. */
    IpAddress lastFour() {
        return new IpAddress(Arrays.copyOfRange(bytes, bytes.length - V4_BYTES, bytes.length));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** {@code 192.0.2.1}, or eight groups: {@code 2001:db8:0:0:0:0:0:1}. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(isV4() ? "." : ":");
        for (int i = 0; i < bytes.length; i += isV4() ? 1 : 2) {
            int high = bytes[i] & 0xff;
            text.add(isV4() ? Integer.toString(high) : Integer.toHexString(high << 8 | (bytes[i + 1] & 0xff)));
        }
        return text.toString();
    }
}
