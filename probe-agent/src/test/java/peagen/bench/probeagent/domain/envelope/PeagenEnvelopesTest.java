package peagen.bench.probeagent.domain.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Phase;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.task.TaskEnvelope;

/** The house's own envelopes, at a glance and thoroughly: what is seen is the same. */
class PeagenEnvelopesTest {

    private static final PeagenEnvelopes ENVELOPES = PeagenEnvelopes.INSTANCE;
    private static final String ID = "00000000000000ab";

    private static Fields entry(String json) {
        return Fields.of(TaskEnvelope.FIELD, json.getBytes(StandardCharsets.UTF_8));
    }

    private static String task(String kind, String phase, String createdAt) {
        return """
                {"kind":"%s","id":"%s","payload":{"bench":{"run":"r","seq":7,"due_us":9,"phase":"%s"}},\
                "requires":[],"attempts":2,"created_at":"%s","schema_v":1}""".formatted(kind, ID, phase, createdAt);
    }

    private static Optional<SeenTask> seen(String json) {
        return ENVELOPES.task(new StreamEntry(EntryId.MIN, entry(json)));
    }

    private static String result(String status, String data) {
        return """
                {"task_id":"%s","status":"%s","data":%s,"created_at":"2025-06-01T14:05:23Z","attempts":1}""".formatted(ID, status, data);
    }

    private static Optional<Measurement> measured(String data) {
        return ENVELOPES.result(entry(result("ok", data))).orElseThrow().measured();
    }

    @ParameterizedTest
    @ValueSource(strings = {"execute", "evaluate", "mutate", "render", "another", "rende", "renders", "é"})
    void aTaskOfAnyKindIsSeen(String kind) {
        SeenTask seen = seen(task(kind, "steady", "2025-06-01T14:05:23Z")).orElseThrow();

        assertThat(seen.kind()).isEqualTo(kind);
        assertThat(seen.id()).isEqualTo(ID);
        assertThat(seen.attempts()).isEqualTo(2);
    }

    @Test
    void aTaskOfEveryPhaseIsSeen() {
        for (Phase phase : Phase.values()) {
            SeenTask seen =
                    seen(task("execute", phase.label(), "2025-06-01T14:05:23Z")).orElseThrow();

            assertThat(seen.tag().orElseThrow().phase()).isEqualTo(phase);
        }
    }

    @Test
    void aPhaseThatThereIsNotMakesNoTag() {
        assertThat(seen(task("execute", "noon", "2025-06-01T14:05:23Z")).flatMap(SeenTask::tag))
                .isEmpty();
    }

    @Test
    void aTaskWithoutATimeIsNone() {
        assertThat(seen(task("execute", "steady", ""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"speed_ms\":1.5,\"peak_mem_kb\":3}; 1500; 3; -1; -1",
                "{\"worker_id\":\"w\",\"prompt_tokens\":5}; -1; -1; 5; -1",
                "{\"completion_tokens\":6,\"log\":{\"lines\":[\"}\"]}}; -1; -1; -1; 6",
                "{\"completion\\u005ftokens\":6, \"speed_ms\":2}; 2000; -1; -1; 6",
            })
    void whatAResultMeasuredIsSeen(String data, long speed, long memory, long prompt, long completion) {
        assertThat(measured(data)).contains(new Measurement(speed, memory, prompt, completion));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"worker_id\":\"speed_ms\"}",
                "{\"inner\":{\"speed_ms\":1}}",
                "{\"speed_ms\":\"fast\"}",
                "[]",
                "null",
                "\"speed_ms\"",
            })
    void aResultThatMeasuredNothingSaysSo(String data) {
        assertThat(measured(data)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ok,false", "skip,false", "error,true"})
    void aResultFailedAsItsStatusSays(String status, boolean failed) {
        assertThat(ENVELOPES.result(entry(result(status, "{}")))).hasValueSatisfying(seen -> {
            assertThat(seen.failed()).isEqualTo(failed);
            assertThat(seen.taskId()).isEqualTo(ID);
        });
    }

    @Test
    void aResultOfAnotherStatusIsNone() {
        assertThat(ENVELOPES.result(entry(result("okay", "{}")))).isEmpty();
    }

    @Test
    void theIdOfATaskIsToldAtAGlanceAndIsTheOneThatIsRead() {
        String json = task("execute", "steady", "2025-06-01T14:05:23Z");

        assertThat(ENVELOPES.taskId(entry(json)))
                .contains(ID)
                .isEqualTo(seen(json).map(SeenTask::id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"id\":7}",
                "{\"id\":\"\"}",
                "{\"id\":\"\\u0061b\"}",
                "{\"i\\u0064\":\"ab\"}",
                "{\"payload\":{\"id\":\"ab\"}}",
                "{\"payload\":{\"id\":\"ab\"",
            })
    void anIdThatTakesReadingIsNotGuessed(String json) {
        assertThat(ENVELOPES.taskId(entry(json))).isEmpty();
    }

    @Test
    void anEntryWithoutTheFieldHasNoId() {
        assertThat(ENVELOPES.taskId(Fields.of("other", new byte[] {'{', '}'}))).isEmpty();
    }
}
