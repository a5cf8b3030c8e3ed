package peagen.bench.gatekeeper.webhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionsTest {

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow(() -> new AssertionError("no address: " + text));
    }

    private static Permissions allowing(String... ranges) {
        return new Permissions(List.of(ranges).stream().map(AddressRange::of).toList(), false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "192.168.255.255",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.7",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "168.63.129.16",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:7f00:1",
                "::ffff:a9fe:a9fe",
                "::ffff:a00:1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "100::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "3fff::1",
                "4000::1",
                "8000::1"
            })
    void refusesWhatIsNotOfTheOpenInternet(String address) {
        assertThat(Permissions.NONE.refusal(ip(address), true)).as(address).isPresent();
        assertThat(Permissions.NONE.refusal(ip(address), false)).as(address).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00::1",
                "64:ff9b::101:101",
                "::ffff:101:101"
            })
    void letsTheOpenInternetBeCalledByHttpsAlone(String address) {
        assertThat(Permissions.NONE.refusal(ip(address), true)).isEmpty();
        assertThat(Permissions.NONE.refusal(ip(address), false))
                .hasValueSatisfying(why -> assertThat(why).startsWith("http:// is not allowed to "));
    }

    @Test
    void allowsWhatTheListNamesAndNoMore() {
        Permissions permissions = allowing("10.1.0.0/16", "fd12::/16");

        assertThat(permissions.refusal(ip("10.1.2.3"), true)).isEmpty();
        assertThat(permissions.refusal(ip("::ffff:a01:203"), true)).isEmpty();
        assertThat(permissions.refusal(ip("fd12::1"), true)).isEmpty();
        assertThat(permissions.refusal(ip("10.2.0.1"), true))
                .contains("10.2.0.1 is private (10.0.0.0/8), and the subscription does not allow it");
        assertThat(permissions.refusal(ip("fd13::1"), true)).isPresent();
        assertThat(permissions.refusal(ip("10.1.2.3"), false)).isPresent();
    }

    @Test
    void letsLoopbackBeCalledByHttpWhereItIsAllowed() {
        assertThat(allowing("127.0.0.0/8").refusal(ip("127.0.0.1"), false)).isEmpty();
        assertThat(allowing("::1").refusal(ip("::1"), false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.170.2",
                "100.100.100.200",
                "192.0.0.192",
                "168.63.129.16",
                "fd00:ec2::254"
            })
    void guardsMetadataServicesAgainstAnyListThatDoesNotNameThem(String address) {
        Permissions wide = allowing("0.0.0.0/0", "::/0");

        assertThat(wide.refusal(ip(address), true))
                .hasValueSatisfying(why -> assertThat(why).contains("metadata service"));
        assertThat(Permissions.PRIVATE_NETWORKS.refusal(ip(address), true)).isPresent();
        assertThat(allowing(address).refusal(ip(address), true)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "10.1.1.1, true",
        "192.168.1.1, true",
        "172.20.0.2, true",
        "::1, true",
        "fd00::1, true",
        "1.1.1.1, true",
        "169.254.1.1, false",
        "fe80::1, false",
        "0.0.0.0, false",
        "224.0.0.1, false"
    })
    void privateNetworksAreThoseOfAnOffice(String address, boolean allowed) {
        assertThat(Permissions.PRIVATE_NETWORKS.refusal(ip(address), false).isEmpty())
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4, 1.2.3.4",
        "::, 0:0:0:0:0:0:0:0",
        "::1, 0:0:0:0:0:0:0:1",
        "2001:DB8::8:0:1, 2001:db8:0:0:0:8:0:1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "fe80::, fe80:0:0:0:0:0:0:0"
    })
    void readsAddresses(String text, String written) {
        assertThat(ip(text)).hasToString(written).isEqualTo(ip(written)).hasSameHashCodeAs(ip(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.-4",
                "0x7f.0.0.1",
                "a.b.c.d",
                "1.2.3.",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "12345::",
                "g::",
                "fe80::1%eth0",
                "::ffff:1.2.3.4",
                "::+1"
            })
    void readsNothingElse(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0.0/-1", "::/129", "/8", "localhost", "x/8"})
    void readsNoRangeThatIsNone(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
    }

    @Test
    void readsRanges() {
        assertThat(AddressRange.parse("10.0.0.0/8").map(AddressRange::toString)).contains("10.0.0.0/8");
        assertThat(AddressRange.parse("10.0.0.1").map(AddressRange::isSingle)).contains(true);
        assertThat(AddressRange.of("0.0.0.0/0").contains(ip("::1"))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new AddressRange(ip("10.0.0.1"), 33));
        assertThatIllegalArgumentException().isThrownBy(() -> IpAddress.of(new byte[5]));
        assertThat(Optional.of(IpAddress.of(new byte[] {1, 2, 3, 4}))).contains(ip("1.2.3.4"));
    }
}
