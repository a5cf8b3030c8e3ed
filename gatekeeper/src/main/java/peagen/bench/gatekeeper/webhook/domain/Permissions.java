package peagen.bench.gatekeeper.webhook.domain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where webhooks of a subscription may go, so that nobody makes the suite call what only the suite can reach. Without permission
 * only addresses of the open Internet are good, and only https.
 *
 * @param allowed what is good although it is not of the open Internet. Addresses where clouds keep credentials of their machines
 *     are good only when a range of this list is that very address
 * @param plainHttp whether http is good for addresses other than loopback
 */
public record Permissions(List<AddressRange> allowed, boolean plainHttp) {

    /** The open Internet, https. */
    public static final Permissions NONE = new Permissions(List.of(), false);

    /** Besides, this machine and private networks, with http as well; not link-local addresses. */
    public static final Permissions PRIVATE_NETWORKS = new Permissions(
            ranges("127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"),
            true);

    private static final Map<AddressRange, String> CLOSED_V4 = named(
            "0.0.0.0/8", "this network",
            "10.0.0.0/8", "private",
            "100.64.0.0/10", "shared by a provider's customers",
            "127.0.0.0/8", "loopback",
            "169.254.0.0/16", "link-local",
            "172.16.0.0/12", "private",
            "192.0.0.0/24", "for protocols",
            "192.0.2.0/24", "documentation",
            "192.88.99.0/24", "a relay",
            "192.168.0.0/16", "private",
            "198.18.0.0/15", "for benchmarks of networks",
            "198.51.100.0/24", "documentation",
            "203.0.113.0/24", "documentation",
            "224.0.0.0/4", "multicast",
            "240.0.0.0/4", "reserved");

    /** Beside these, everything outside 2000::/3 is closed. */
    private static final Map<AddressRange, String> CLOSED_V6 = named(
            "::/128", "unspecified",
            "::1/128", "loopback",
            "fc00::/7", "unique local",
            "fe80::/10", "link-local",
            "fec0::/10", "site-local",
            "ff00::/8", "multicast",
            "2001::/23", "for protocols",
            "2001:db8::/32", "documentation",
            "2002::/16", "a relay",
            "3fff::/20", "documentation");

    private static final List<AddressRange> METADATA = ranges(
            "169.254.169.254", "169.254.170.2", "100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2::254");

    private static final AddressRange LOOPBACK_V4 = AddressRange.of("127.0.0.0/8");
    private static final AddressRange LOOPBACK_V6 = AddressRange.of("::1");
    private static final AddressRange GLOBAL_V6 = AddressRange.of("2000::/3");

    /** IPv6 addresses that are IPv4 ones in disguise: mapped, and of a gateway between both (NAT64). */
    private static final List<AddressRange> DISGUISES = ranges("::ffff:0:0/96", "64:ff9b::/96");

    /** Copies the list. */
    public Permissions {
        allowed = List.copyOf(allowed);
    }

    /**
     * Why {@code address} must not be called, in words; empty when it may.
     *
     * @param tls whether it would be called by https
     */
    public Optional<String> refusal(IpAddress address, boolean tls) {
        IpAddress real = DISGUISES.stream().anyMatch(range -> range.contains(address)) ? address.lastFour() : address;
        Optional<String> closed = closed(real);
        if (closed.isPresent()) {
            return closed.map(kind -> address + " is " + kind + ", and the subscription does not allow it");
        }
        boolean loopback = LOOPBACK_V4.contains(real) || LOOPBACK_V6.contains(real);
        return tls || plainHttp || loopback
                ? Optional.empty()
                : Optional.of("http:// is not allowed to " + address + ", https:// is");
    }

    private Optional<String> closed(IpAddress address) {
        if (METADATA.stream().anyMatch(range -> range.contains(address))) {
            boolean meant = allowed.stream().anyMatch(range -> range.isSingle() && range.contains(address));
            return meant ? Optional.empty() : Optional.of("a cloud's metadata service");
        }
        if (allowed.stream().anyMatch(range -> range.contains(address))) {
            return Optional.empty();
        }
        Map<AddressRange, String> ranges = address.isV4() ? CLOSED_V4 : CLOSED_V6;
        Optional<String> kind = ranges.entrySet().stream()
                .filter(range -> range.getKey().contains(address))
                .map(range -> range.getValue() + " (" + range.getKey() + ")")
                .findFirst();
        return kind.isEmpty() && !address.isV4() && !GLOBAL_V6.contains(address)
                ? Optional.of("not of the open Internet (2000::/3)")
                : kind;
    }

    private static List<AddressRange> ranges(String... texts) {
        return List.of(texts).stream().map(AddressRange::of).toList();
    }

    private static Map<AddressRange, String> named(String... rangesAndNames) {
        Map<AddressRange, String> names = new LinkedHashMap<>();
        for (int i = 0; i < rangesAndNames.length; i += 2) {
            names.put(AddressRange.of(rangesAndNames[i]), rangesAndNames[i + 1]);
        }
        return names;
    }
}
