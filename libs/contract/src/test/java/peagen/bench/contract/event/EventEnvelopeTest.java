package peagen.bench.contract.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.Examples;
import peagen.bench.contract.Examples.Example;
import peagen.bench.contract.FieldEdits;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;

/** What holds for every message with flat fields, whatever its type. */
class EventEnvelopeTest {

    static List<Example> flat() {
        return Examples.all().stream()
                .filter(example -> example.fields().bytes("v").isPresent())
                .toList();
    }

    static List<Example> events() {
        return flat().stream()
                .filter(example -> !example.name().equals("verdict"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("flat")
    void readsWhatItWrote(Example example) {
        assertThat(example.decoder().apply(example.fields())).isEqualTo(new Decoded.Known<>(example.value()));
    }

    @ParameterizedTest
    @MethodSource("flat")
    void aLaterVersionIsUnsupportedWhateverElseItHolds(Example example) {
        Fields later = FieldEdits.with(example.fields(), "v", "2");
        Fields bare = Fields.builder().put("v", "2").put("type", example.name()).build();

        assertThat(example.decoder().apply(later)).isEqualTo(new Decoded.Unsupported<>(example.name(), "2"));
        assertThat(example.decoder().apply(bare)).isEqualTo(new Decoded.Unsupported<>(example.name(), "2"));
    }

    @ParameterizedTest
    @MethodSource("flat")
    void anotherTypeIsUnsupported(Example example) {
        assertThat(example.decoder().apply(FieldEdits.with(example.fields(), "type", "news.of.tomorrow")))
                .isEqualTo(new Decoded.Unsupported<>("news.of.tomorrow", "1"));
    }

    @ParameterizedTest
    @MethodSource("flat")
    void additionsAreReadOver(Example example) {
        Fields.Builder more = Fields.builder().put("added_later", "yes");
        for (int i = 0; i < example.fields().size(); i++) {
            more.put(example.fields().name(i), example.fields().value(i));
        }

        assertThat(example.decoder().apply(more.build())).isEqualTo(new Decoded.Known<>(example.value()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyFieldIsRequiredAndNamedWhenItIsMissing(Example example) {
        for (int i = 0; i < example.fields().size(); i++) {
            String name = example.fields().name(i);

            assertThat(example.decoder().apply(FieldEdits.without(example.fields(), name)))
                    .isEqualTo(new Decoded.Malformed<>("field '" + name + "' is missing"));
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void countsAreWholeNumbersFromZero(Example example) {
        for (String name : List.of("seq", "at_us", "clock_uncertainty_us")) {
            for (String wrong : List.of("", "1.5", "1e3", " 1", "NaN", "0x1", "9223372036854775808", "\u0000")) {
                assertThat(example.decoder()
                                .apply(FieldEdits.with(example.fields(), name, wrong))
                                .problem())
                        .startsWith("field '" + name + "': got '")
                        .endsWith("', expected a whole number");
            }
            assertThat(example.decoder().apply(FieldEdits.with(example.fields(), name, "-1")))
                    .isEqualTo(new Decoded.Malformed<>("field '" + name + "': got -1, expected 0 or more"));
        }
    }

    @Test
    void theSameEventHasTheSameIdentity() {
        assertThat(new Envelope("probe-agent-1", 17, "r", 5, 6).eventId())
                .isEqualTo(new Envelope("probe-agent-1", 17, "r", 99, 6).eventId())
                .isEqualTo("probe-agent-1:17");
    }

    @Test
    void quarantineLosesNothingOfTheOriginal() {
        Fields original = Fields.builder()
                .put("v", "1")
                .put("v", "again")
                .put("original.x", new byte[] {-1, 0})
                .build();

        Fields entry = Quarantined.entry("s", new EntryId(7, 8), original, "why", "collector-1");

        assertThat(entry)
                .isEqualTo(Fields.builder()
                        .put("v", 1)
                        .put("type", "quarantined")
                        .put("reason", "why")
                        .put("origin_stream", "s")
                        .put("origin_id", "7-8")
                        .put("producer", "collector-1")
                        .put("original.v", "1")
                        .put("original.v", "again")
                        .put("original.original.x", new byte[] {-1, 0})
                        .build());
    }

    @Test
    void deltasDescribeThemselvesInOneLine() {
        Example delta = flat().stream()
                .filter(example -> example.name().equals("metrics.delta"))
                .findFirst()
                .orElseThrow();

        assertThat(delta.value())
                .hasToString(
                        "MetricsDelta[collector-77ab01:5, run 20250601-140523-smoke-3f2a91, 12 entries, 2400 tasks]");
    }
}
