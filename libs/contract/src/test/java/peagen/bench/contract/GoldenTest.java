package peagen.bench.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import peagen.bench.contract.Examples.Example;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.task.ResultEnvelope;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.verdict.Verdict;

/** Holds the wire format still: what version 1 wrote once is read for ever, and written the same. */
class GoldenTest {

    static List<Example> examples() {
        return Stream.concat(Examples.all().stream(), Examples.additions().stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void readsWhatVersionOneWrote(Example example) {
        Decoded<?> decoded = example.decoder().apply(GoldenFile.read(example.name()));

        assertThat(decoded).isEqualTo(new Decoded.Known<>(example.value()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void writesTheBytesThatVersionOneWrote(Example example) {
        assertThat(GoldenFile.format(example.fields())).isEqualTo(GoldenFile.format(GoldenFile.read(example.name())));
        assertThat(example.fields()).isEqualTo(GoldenFile.read(example.name()));
    }

    @Test
    void writesQuarantineEntriesAsVersionOneDid() {
        assertThat(Examples.quarantined()).isEqualTo(GoldenFile.read("quarantined"));
    }

    @Test
    void holdsOneOfEveryType() {
        List<Class<?>> types = Stream.concat(
                        Stream.of(RunEvent.class, TaskEvent.class)
                                .flatMap(family -> Stream.of(family.getPermittedSubclasses())),
                        Stream.of(MetricsDelta.class, Verdict.class, TaskEnvelope.class, ResultEnvelope.class))
                .collect(Collectors.toList());

        assertThat(Examples.all())
                .extracting(example -> (Object) example.value().getClass())
                .hasSameElementsAs(types);
    }

    @Test
    void keepsEveryByteInItsReadableForm() {
        Fields fields = Fields.builder()
                .put("text", "a=b, ü")
                .put("empty", "")
                .put("two lines", "a\nb")
                .put("binary", new byte[] {0, -1, 127})
                .put("pretender", "base64:AA==")
                .build();

        assertThat(GoldenFile.parse(GoldenFile.format(fields))).isEqualTo(fields);
    }
}
