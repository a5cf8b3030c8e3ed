package peagen.bench.collector.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import peagen.bench.collector.Events;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.Phase;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.event.TaskEvent.ResultsMeasured;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.event.TaskEvents;

class TaskLinesTest {

    private static TaskEvent decoded(Fields fields) {
        return ((Decoded.Known<TaskEvent>) TaskEvents.decode(fields)).value();
    }

    private static TaskEvent observed(List<String> kinds, Observation... observations) {
        LongTable.Builder rows = new LongTable.Builder(TasksObserved.COLUMNS);
        for (int i = 0; i < observations.length; i++) {
            long[] row = {observations[i].code(), 7 + i, 0, Phase.STEADY.code(), 2, 1_000, 2_000, 3_000};
            for (int column = 0; column < row.length; column++) {
                rows.set(column, row[column]);
            }
            rows.endRow();
        }
        return new TasksObserved(Events.envelope("run-1"), kinds, rows.build());
    }

    @Test
    void writesALineForEveryEndOfADelivery() {
        List<String> lines = TaskLines.of(observed(List.of("execute"), Observation.values()));
        assertThat(lines)
                .containsExactly(
                        "{\"schemaVersion\":1,\"runId\":\"run-1\",\"task\":8,\"kind\":\"execute\",\"phase\":\"steady\","
                                + "\"outcome\":\"completed\",\"delivery\":2,\"intendedMicros\":1000,\"claimedMicros\":2000,"
                                + "\"endedMicros\":3000,\"clockUncertaintyMicros\":40}",
                        lines.getFirst().replace(":8,", ":9,").replace("completed", "failed"),
                        lines.getFirst().replace(":8,", ":10,").replace("completed", "deadLettered"));
    }

    @Test
    void writesNoneForWhatIsNoEnd() {
        assertThat(TaskLines.of(decoded(Events.enqueued("run-1", 0, 10)))).isEmpty();
        assertThat(TaskLines.of(decoded(Events.outstanding("run-1", 3)))).isEmpty();
        assertThat(TaskLines.of(observed(List.of("execute"), Observation.CLAIMED, Observation.ORPHANED)))
                .isEmpty();
    }

    @Test
    void writesWhatResultsSaidAndLeavesOutWhatTheyDidNot() {
        LongTable.Builder rows = new LongTable.Builder(ResultsMeasured.COLUMNS);
        long[][] table = {{4, 0, Phase.STEADY.code(), 3_000, 1_500, -1, 12, -1}, {5, 0, 0, 4_000, -1, 64, -1, 0}};
        for (long[] row : table) {
            for (int column = 0; column < row.length; column++) {
                rows.set(column, row[column]);
            }
            rows.endRow();
        }
        List<String> lines =
                TaskLines.of(new ResultsMeasured(Events.envelope("run-1"), List.of("evaluate"), rows.build()));
        assertThat(lines)
                .containsExactly(
                        "{\"schemaVersion\":1,\"runId\":\"run-1\",\"task\":4,\"kind\":\"evaluate\",\"phase\":\"steady\","
                                + "\"outcome\":\"measured\",\"speedMicros\":1500,\"promptTokens\":12,"
                                + "\"endedMicros\":3000,\"clockUncertaintyMicros\":40}",
                        "{\"schemaVersion\":1,\"runId\":\"run-1\",\"task\":5,\"kind\":\"evaluate\",\"phase\":\"warm-up\","
                                + "\"outcome\":\"measured\",\"memoryKibibytes\":64,\"completionTokens\":0,"
                                + "\"endedMicros\":4000,\"clockUncertaintyMicros\":40}");
    }

    @Test
    void isJsonWhateverAKindIsCalled() {
        String kind = "a\"b\\c\n\u007fä\uD83D\uDE00\u0000";
        List<String> lines = TaskLines.of(observed(List.of(kind), Observation.COMPLETED));
        assertThat(lines).singleElement().asString().matches("[ -~]+");
        assertThat(new JsonObject(lines.getFirst()).getString("kind")).isEqualTo(kind);
    }
}
