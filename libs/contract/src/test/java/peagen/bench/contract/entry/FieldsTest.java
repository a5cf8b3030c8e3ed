package peagen.bench.contract.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldsTest {

    private static final byte[] BINARY = {0, (byte) 0xff, 10};

    @Test
    void keepsFieldsInTheOrderInWhichTheyWereWritten() {
        Fields fields = Fields.builder()
                .put("text", "größer")
                .put("number", Long.MIN_VALUE)
                .put("binary", BINARY)
                .build();

        assertThat(fields.size()).isEqualTo(3);
        assertThat(fields.name(1)).isEqualTo("number");
        assertThat(fields.value(1)).isEqualTo("-9223372036854775808".getBytes(StandardCharsets.US_ASCII));
        assertThat(fields.text("text")).contains("größer");
        assertThat(fields.bytes("binary")).containsSame(BINARY);
        assertThat(fields.text("missing")).isEmpty();
    }

    @Test
    void answersTheFirstOfFieldsWithOneName() {
        Fields twice = Fields.builder().put("a", "first").put("a", "second").build();

        assertThat(twice.text("a")).contains("first");
        assertThat(twice.size()).isEqualTo(2);
    }

    @Test
    void comparesByNamesOrderAndBytes() {
        Fields ab = Fields.builder().put("a", "1").put("b", "2").build();

        assertThat(ab)
                .isEqualTo(Fields.of(List.of("a", "b"), List.of(new byte[] {'1'}, new byte[] {'2'})))
                .hasSameHashCodeAs(Fields.builder().put("a", 1).put("b", 2).build())
                .isNotEqualTo(Fields.builder().put("b", "2").put("a", "1").build())
                .isNotEqualTo(Fields.of("a", new byte[] {'1'}))
                .isNotEqualTo(Fields.builder().put("a", "1").put("b", "3").build())
                .isNotEqualTo("{a=1, b=2}");
    }

    @Test
    void refusesListsOfDifferentLength() {
        assertThatThrownBy(() -> Fields.of(List.of("a"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 names for 0 values");
    }

    @Test
    void cutsLongValuesInLogs() {
        Fields fields =
                Fields.builder().put("short", "x").put("long", "y".repeat(65)).build();

        assertThat(fields).hasToString("{short=x, long=" + "y".repeat(64) + "… (65 bytes)}");
    }

    @Test
    void blobsCompareByContent() {
        Blob blob = new Blob(new byte[] {104, 105});

        assertThat(blob)
                .isEqualTo(Blob.utf8("hi"))
                .hasSameHashCodeAs(Blob.utf8("hi"))
                .isNotEqualTo(Blob.utf8("ho"));
        assertThat(blob).hasToString("Blob[2 bytes]").isNotEqualTo("hi");
        assertThat(blob.text()).isEqualTo("hi");
        assertThat(blob.length()).isEqualTo(2);
    }
}
