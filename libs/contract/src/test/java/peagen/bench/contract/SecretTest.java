package peagen.bench.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void givesItselfAwayOnlyWhenAsked() {
        Secret secret = new Secret("hunter2");
        assertThat(secret).hasToString("****");
        assertThat("with " + secret).isEqualTo("with ****");
        assertThat(secret.reveal()).isEqualTo("hunter2");
    }

    @Test
    void comparesByValue() {
        assertThat(new Secret("a")).isEqualTo(new Secret("a")).hasSameHashCodeAs(new Secret("a"));
        assertThat(new Secret("a")).isNotEqualTo(new Secret("b"));
    }
}
