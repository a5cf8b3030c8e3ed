package peagen.bench.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecodedTest {

    @Test
    void mapsOnlyWhatIsKnown() {
        assertThat(new Decoded.Known<>("four").map(String::length)).isEqualTo(new Decoded.Known<>(4));
        assertThat(new Decoded.Unsupported<String>("a", "2").map(String::length))
                .isEqualTo(new Decoded.Unsupported<>("a", "2"));
        assertThat(new Decoded.Malformed<String>("broken").map(String::length))
                .isEqualTo(new Decoded.Malformed<>("broken"));
    }

    @Test
    void saysInOneLineWhatIsWrong() {
        assertThat(new Decoded.Known<>(1).problem()).isEqualTo("known");
        assertThat(new Decoded.Unsupported<>("a.b", "2").problem()).isEqualTo("unsupported type 'a.b' version '2'");
        assertThat(new Decoded.Malformed<>("field 'n' is missing").problem()).isEqualTo("field 'n' is missing");
    }

    @Test
    void repeatsNoMoreOfTheSendersWordsThanFitsALine() {
        String hostile = "first\nsecond\r\u2028\u0000" + "x".repeat(1_000_000);

        assertThat(new Decoded.Malformed<>(hostile).reason())
                .hasSize(Decoded.MAX_WORDS)
                .startsWith("first\uFFFDsecond\uFFFD\uFFFD\uFFFDxxx")
                .endsWith("x…");
        Decoded.Unsupported<String> unsupported = new Decoded.Unsupported<>(hostile, hostile);
        assertThat(unsupported.type()).hasSize(Decoded.MAX_WORDS);
        assertThat(unsupported.version()).hasSize(Decoded.MAX_WORDS);
        assertThat(new Decoded.Malformed<>("y".repeat(Decoded.MAX_WORDS)).reason())
                .endsWith("y");
    }

    @Test
    void phasesAreReadByLabelAndByCode() {
        for (Phase phase : Phase.values()) {
            assertThat(Phase.parse(phase.label())).contains(phase);
            assertThat(Phase.ofCode(phase.code())).contains(phase);
            assertThat(phase).hasToString(phase.label());
        }
        assertThat(Phase.values()).extracting(Phase::label).containsExactly("warm-up", "steady", "cool-down");
        assertThat(Phase.values()).as("as on the wire").extracting(Phase::code).containsExactly(0, 1, 2);
        assertThat(Phase.parse("STEADY")).isEmpty();
        assertThat(Phase.ofCode(-1)).isEmpty();
        assertThat(Phase.ofCode(3)).isEmpty();
        assertThat(Phase.ofCode(1L << 32)).isEmpty();
    }
}
