package peagen.bench.collector.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peagen.bench.collector.Events;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.measurement.aggregate.RunAggregate;

class RawLinesTest {

    private static final long SECOND = Events.SECOND;

    private final RawLines lines = new RawLines("run-1");

    private static RunAggregate folded(Fields... events) {
        RunAggregate run = new RunAggregate();
        for (Fields event : events) {
            assertThat(TaskEvents.decode(event)).isInstanceOf(Decoded.Known.class);
            run.fold(((Decoded.Known<TaskEvent>) TaskEvents.decode(event)).value());
        }
        return run;
    }

    private static RunPlan plan(long startSecond) {
        return new RunPlan(
                "smoke",
                "LOCAL",
                "smoke",
                1,
                "hash",
                10,
                startSecond * 1_000_000,
                2,
                3,
                1,
                RunPlan.Load.OPEN,
                1,
                List.of());
    }

    private List<JsonObject> written(long before) {
        return lines.linesBefore(before).stream().map(JsonObject::new).toList();
    }

    @Test
    void writesOneLineForEverySecondAndSeries() {
        lines.add(folded(Events.enqueued("run-1", 0, 1500), Events.completed("run-1", 0, 1500)), SECOND + 2);
        List<JsonObject> written = written(SECOND + 10);
        assertThat(written)
                .extracting(line -> line.getLong("second") - SECOND + " " + line.getString("series"))
                .doesNotHaveDuplicates()
                .startsWith(
                        "0 enqueued",
                        "0 claimed",
                        "0 completed",
                        "0 failed",
                        "0 deadLettered",
                        "0 requeued",
                        "0 executed",
                        "0 orphaned")
                .endsWith("2 sendDelay", "2 queueTime", "2 serviceTime", "2 responseTime")
                .hasSize(8 + 8 + 4);
        assertThat(lines.isEmpty()).isTrue();
        assertThat(written).allSatisfy(line -> {
            assertThat(line.getInteger("schemaVersion")).isEqualTo(1);
            assertThat(line.getString("runId")).isEqualTo("run-1");
        });
    }

    @Test
    void saysHowLongThingsTook() {
        lines.add(folded(Events.completed("run-1", 0, 10)), SECOND);
        JsonObject service = written(Long.MAX_VALUE).stream()
                .filter(line -> line.getString("series").equals("serviceTime"))
                .findFirst()
                .orElseThrow();
        assertThat(service.fieldNames())
                .containsExactly(
                        "schemaVersion",
                        "runId",
                        "second",
                        "phase",
                        "series",
                        "count",
                        "p50Micros",
                        "p99Micros",
                        "maxMicros");
        assertThat(service.getLong("count")).isEqualTo(10);
        assertThat(service.getLong("p50Micros")).isBetween(2_000L, 2_001L);
        assertThat(service.getLong("maxMicros")).isBetween(2_000L, 2_001L);
    }

    @Test
    void holdsASecondBackUntilItHasSettled() {
        lines.add(folded(Events.enqueued("run-1", 0, 1500)), SECOND + 1);
        assertThat(written(SECOND)).isEmpty();
        assertThat(written(SECOND + 1))
                .hasSize(8)
                .allSatisfy(line -> assertThat(line.getLong("second")).isEqualTo(SECOND));
        assertThat(lines.isEmpty()).isFalse();
    }

    @Test
    void linesOfOneSecondAndSeriesAddUpHoweverLateTheyCome() {
        RunAggregate whole = new RunAggregate();
        Map<String, Long> sums = new TreeMap<>();
        for (int part = 0; part < 40; part++) {
            RunAggregate delta =
                    folded(Events.enqueued("run-1", part * 100L, 100), Events.completed("run-1", part * 100L, 70));
            whole.merge(delta);
            lines.add(delta, SECOND + part % 5);
            if (part % 7 == 0) {
                sumUp(sums, SECOND + part % 4);
            }
        }
        sumUp(sums, Long.MAX_VALUE);
        assertThat(sums)
                .containsEntry("enqueued", 4_000L)
                .containsEntry("claimed", 2_800L)
                .containsEntry("completed", 2_800L)
                .containsEntry("failed", 0L)
                .containsEntry("executed", 2_800L)
                .containsEntry("orphaned", 0L)
                .containsEntry("sendDelay", 4_000L)
                .containsEntry("responseTime", 2_800L);
        assertThat(whole.tasks()).isEqualTo(4_000 + 3 * 2_800);
    }

    private void sumUp(Map<String, Long> sums, long before) {
        written(before)
                .forEach(line -> sums.merge(
                        line.getString("series"), line.getLong("value", 0L) + line.getLong("count", 0L), Long::sum));
    }

    @ParameterizedTest
    @CsvSource({"1, outside", "0, warm-up", "-1, warm-up", "-2, steady", "-4, steady", "-5, cool-down", "-6, outside"})
    void namesThePhaseThatTheSecondLiesIn(long startsLaterBy, String phase) {
        lines.planned(plan(SECOND + startsLaterBy));
        lines.add(folded(Events.enqueued("run-1", 0, 1)), SECOND);
        assertThat(written(Long.MAX_VALUE))
                .allSatisfy(line -> assertThat(line.getString("phase")).isEqualTo(phase));
    }

    @Test
    void isOutsideOfEveryPhaseAsLongAsThePlanIsUnknown() {
        lines.add(folded(Events.enqueued("run-1", 0, 1)), SECOND);
        assertThat(written(Long.MAX_VALUE))
                .hasSize(9)
                .allSatisfy(line -> assertThat(line.getString("phase")).isEqualTo("outside"));
    }

    /** Formatters write the digits of the machine's language, which no JSON reader takes. */
    @Test
    void isJsonWhateverTheLanguageOfTheMachine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            lines.add(folded(Events.completed("run-1", 0, 10)), SECOND);
            assertThat(lines.linesBefore(Long.MAX_VALUE))
                    .allSatisfy(line -> assertThat(line).isPrintable().matches("\\p{ASCII}+"));
        } finally {
            Locale.setDefault(before);
        }
    }
}
