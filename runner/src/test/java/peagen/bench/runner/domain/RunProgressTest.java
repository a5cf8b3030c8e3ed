package peagen.bench.runner.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.Blob;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.rate.Counter;
import peagen.bench.measurement.rate.SecondCounters;

class RunProgressTest {

    private final RunProgress progress = new RunProgress("run-1");

    @Test
    void knowsNothingAtFirst() {
        assertThat(progress.plan()).isEmpty();
        assertThat(progress.closed()).isEmpty();
        assertThat(progress.verdict()).isEmpty();
        assertThat(progress.lastRate()).isZero();
    }

    @Test
    void countsWhatWasEnqueuedAndAcknowledged() {
        SecondCounters first = new SecondCounters();
        first.add(Counter.ENQUEUED, 100, 10);
        first.add(Counter.COMPLETED, 100, 7);
        first.add(Counter.FAILED, 100, 1);
        SecondCounters second = new SecondCounters();
        second.add(Counter.DEAD_LETTERED, 101, 1);
        progress.delta(delta("run-1", first.encode(), 3));
        progress.delta(delta("run-1", second.encode(), 2));
        assertThat(progress.enqueued()).isEqualTo(10);
        assertThat(progress.acknowledged()).isEqualTo(9);
        assertThat(progress.lagEntries()).isEqualTo(2);
        assertThat(progress.lastRate()).as("of the last whole second").isEqualTo(8);
    }

    @Test
    void passesOverOtherRunsAndWhatItCannotRead() {
        SecondCounters counters = new SecondCounters();
        counters.add(Counter.ENQUEUED, 100, 10);
        progress.delta(delta("run-2", counters.encode(), 3));
        progress.delta(delta("run-1", new byte[] {99, 1, 2}, 3));
        progress.control(new RunEvent.RunClosed(envelope("run-2"), RunEvent.Outcome.COMPLETED, "", 1, 0));
        progress.verdict(VerdictTextTest.verdict(VerdictState.PASS, 1.0, 1, "", List.of()));
        assertThat(progress.enqueued()).isZero();
        assertThat(progress.closed()).isEmpty();
        assertThat(progress.verdict()).isPresent();
    }

    private static MetricsDelta delta(String run, byte[] seconds, long lag) {
        Blob none = new Blob(new byte[0]);
        return new MetricsDelta(envelope(run), 1, 1, 0, lag, 0, none, none, new Blob(seconds));
    }

    private static Envelope envelope(String run) {
        return new Envelope("test", 0, run, 0, 0);
    }
}
