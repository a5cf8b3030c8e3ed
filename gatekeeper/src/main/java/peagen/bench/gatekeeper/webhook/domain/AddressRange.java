package peagen.bench.gatekeeper.webhook.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All addresses that begin with the same bits, such as {@code 10.0.0.0/8}.
 *
 * @param first any address of the range
 * @param bits how many bits they have in common
 */
public record AddressRange(IpAddress first, int bits) {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");

    /** Refuses more bits than the address has. */
    public AddressRange {
        if (bits < 0 || bits > first.bits()) {
            throw new IllegalArgumentException(
                    "range " + first + ": got /" + bits + ", expected /0 to /" + first.bits());
        }
    }

    /** Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or a single address; empty when {@code text} is none of these. */
    public static Optional<AddressRange> parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2 || (parts.length == 2 && !NUMBER.matcher(parts[1]).matches())) {
            return Optional.empty();
        }
        return IpAddress.parse(parts[0]).flatMap(first -> {
            int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : first.bits();
            return bits > first.bits() ? Optional.empty() : Optional.of(new AddressRange(first, bits));
        });
    }

    static AddressRange of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("no range: " + text));
    }

    /** Whether {@code address} is one of them. */
    public boolean contains(IpAddress address) {
        return address.startsLike(first, bits);
    }

    /** Whether it is one address and no more. */
    boolean isSingle() {
        return bits == first.bits();
    }

    /** {@code 10.0.0.0/8}. */
    @Override
    public String toString() {
        return first + "/" + bits;
    }
}
