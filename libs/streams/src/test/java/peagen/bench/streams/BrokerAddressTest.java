package peagen.bench.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Secret;
import peagen.bench.streams.BrokerException.Reason;

final class BrokerAddressTest {

    @Test
    void readsEveryPartOfARedisAddress() {
        RedisAddress address =
                RedisAddress.parse("rediss://farm:p%40ss%3A+%25@redis.example:7000/3?ca=/etc/ca%20x.pem");

        assertThat(address)
                .isEqualTo(new RedisAddress(
                        "redis.example",
                        7000,
                        3,
                        Optional.of("farm"),
                        Optional.of(new Secret("p@ss:+%")),
                        true,
                        Optional.of(Path.of("/etc/ca x.pem"))));
    }

    @ParameterizedTest
    @CsvSource({
        "redis://localhost, localhost, 6379, 0",
        "redis://localhost/, localhost, 6379, 0",
        "redis://localhost:1, localhost, 1, 0",
        "redis://10.0.0.1:65535/15, 10.0.0.1, 65535, 15",
        "redis://[::1], ::1, 6379, 0",
        "redis://[fe80::1]:7000/2, fe80::1, 7000, 2",
        "redis://:pw@[::1]:7000, ::1, 7000, 0",
    })
    void fillsInWhatIsMissing(String text, String host, int port, int database) {
        RedisAddress address = RedisAddress.parse(text);

        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.database()).isEqualTo(database);
        assertThat(address.tls()).isFalse();
        assertThat(address.user()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://localhost:6379",
                "redis://:p%40ss%3A%2F%20%2B@[::1]:7000/2",
                "rediss://us%40er:pw@redis:7000?ca=%2Fetc%2Fca.pem",
            })
    void writesAddressesThatItReadsBack(String text) {
        RedisAddress address = RedisAddress.parse(text);

        assertThat(address.reveal()).isEqualTo(text);
        assertThat(RedisAddress.parse(address.reveal())).isEqualTo(address).hasSameHashCodeAs(address);
    }

    @Test
    void hidesThePasswordInText() {
        RedisAddress address = RedisAddress.parse("redis://farm:sesame@host:1/2");

        assertThat(address).hasToString("redis://farm:****@host:1/2");
        assertThat(address.password().orElseThrow()).hasToString("****");
        assertThat(address.endpoint()).isEqualTo("redis://host:1");
    }

    @Test
    void readsTheServersOfOurOwn() {
        assertThat(BrokerAddress.parse("embedded"))
                .isEqualTo(new BrokerAddress.Embedded())
                .hasToString("embedded");
        assertThat(BrokerAddress.parse("stub://"))
                .isEqualTo(new BrokerAddress.Stub())
                .hasToString("stub://");
        assertThat(BrokerAddress.parse("stub")).isEqualTo(new BrokerAddress.Stub());
        assertThat(BrokerAddress.parse("redis://h")).isEqualTo(RedisAddress.of("h", 6379));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis//x | expected redis://…, rediss://…, embedded or stub://",
                "'' | expected redis://…, rediss://…, embedded or stub://",
                "http://x | expected redis://…",
                "redis:// | expected a host",
                "redis://:6379 | expected a host",
                "redis://a b | expected a host",
                "redis://h:0 | expected a port between 1 and 65535",
                "redis://h:65536 | expected a port",
                "redis://h:x | expected a port",
                "redis://h: | expected a port",
                "redis://::1 | expected an IPv6 address in brackets",
                "redis://[::1 | expected an IPv6 address between [ and ]",
                "redis://[::1]6379 | expected a colon and a port after ]",
                "redis://h/-1 | expected a database index",
                "redis://h/x | expected a database index",
                "redis://h/9999999999 | expected a database index",
                "redis://user@h | expected user:password or :password before the @",
                "redis://h?ca=x | only with rediss://",
                "rediss://h?insecure=true | no parameter other than ?ca=",
                "rediss://h?ca=x&y=1 | no parameter other than ?ca=",
            })
    void saysWhatItExpected(String text, String expected) {
        assertThatThrownBy(() -> BrokerAddress.parse(text))
                .isInstanceOf(BrokerException.class)
                .hasMessageStartingWith("REDIS: got '")
                .hasMessageContaining(expected)
                .extracting(failure -> ((BrokerException) failure).reason())
                .isEqualTo(Reason.BAD_ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://user:sesame@h:x",
                "redis://user:sesame%zz@h",
                "redsi://user:sesame@h",
                "user:sesame@h",
                "redis://:ses/ame@sesame@h/x",
                "redis://sesame@h"
            })
    void neverShowsAPassword(String text) {
        assertThatThrownBy(() -> BrokerAddress.parse("SUITE_REDIS", text))
                .hasMessageStartingWith("SUITE_REDIS: got '")
                .hasMessageContaining("***@")
                .hasMessageNotContaining("sesame");
    }
}
