package peagen.bench.probeagent.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.probeagent.Seen.entry;
import static peagen.bench.probeagent.Seen.task;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.WorkersSeen;
import peagen.bench.probeagent.Seen;

class WorkerMomentsTest {

    private final ObservationLog log = new ObservationLog(run -> new Envelope("p", 0, run, 0, 0), batch -> {});
    private final TaskWatch watch = new TaskWatch(log);
    private final WorkerMoments moments = new WorkerMoments(watch, "gpu", run -> new Envelope("p", 0, run, 0, 0));

    private void claim(long id, Fields task) {
        watch.claimed(List.of(entry(id, task)), id);
    }

    private Stream<String> firstClaim() {
        return moments.firstClaim().stream().flatMap(Seen::lives);
    }

    private Stream<String> stopped(long nowMicros) {
        return moments.stopped(nowMicros).stream().flatMap(Seen::lives);
    }

    @Test
    void theFirstClaimIsToldOnceAndBelongsToTheFirstRunTheEndToTheLast() {
        watch.consumer("worker-1");
        assertThat(firstClaim()).isEmpty();
        claim(5, task("run-1", 0, 0));
        claim(6, task("run-1", 1, 0));
        claim(7, task("run-2", 0, 0));

        assertThat(firstClaim()).containsExactly("run-1: worker-1 of 'gpu' FIRST_CLAIM at 5");
        assertThat(firstClaim()).isEmpty();
        assertThat(stopped(90)).containsExactly("run-2: worker-1 of 'gpu' STOPPED at 90");
        assertThat(stopped(91)).isEmpty();
    }

    @Test
    void aWorkerThatHasClaimedNoTaskOfARunIsNotTold() {
        watch.consumer("worker-1");
        claim(5, Fields.of("data", new byte[] {'?'}));

        assertThat(firstClaim()).isEmpty();
        assertThat(stopped(90)).isEmpty();
    }

    @Test
    void aWorkerIsToldWhenItIsKnownWhatItCallsItself() {
        claim(5, task("run-1", 0, 0));
        assertThat(firstClaim()).isEmpty();
        watch.consumer("w".repeat(300));

        assertThat(firstClaim()).singleElement().asString().contains("w".repeat(WorkersSeen.MAX_NAME_CHARS) + " of");
    }
}
