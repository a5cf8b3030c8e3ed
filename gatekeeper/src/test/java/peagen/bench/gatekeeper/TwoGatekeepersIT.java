package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.Processes.Launched;

/** Gatekeepers as processes that follow one another, or stand by for one another, on one store. */
class TwoGatekeepersIT extends ProcessContract {

    @ParameterizedTest
    @EnumSource(Kind.class)
    void oneThatIsStartedAgainGoesOnWhereTheLastOneWas(Kind kind) throws Exception {
        use(kind);
        Launched first = launch();
        happen(0);
        happen(1);
        List<Verdict> before = awaitVerdicts(2);
        SampleRun half = new SampleRun("half", "smoke", nowMicros());
        control(half.declared());
        metrics(half.deltas(2).get(0));
        patiently().until(() -> pending(streams.metrics()) == 1);
        first.end();
        metrics(half.deltas(2).get(1));
        control(half.closed());

        launch();

        assertThat(awaitVerdicts(3)).startsWith(before.toArray(Verdict[]::new)).endsWith(half.undisturbedVerdict());
        awaitAllToldOnce(3);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void oneLeadsAndTheOtherTakesOverWhenItIsKilled(Kind kind) throws Exception {
        use(kind);
        Launched first = launch();
        first.awaitReady();
        Launched second = launch();
        second.awaitReady();
        happen(0);
        awaitVerdicts(1);
        assertThat(leaders(first, second)).containsExactly(first);

        long killed = System.nanoTime();
        first.kill();
        happen(1);
        awaitVerdicts(2);
        // A leader that nobody knew to be dead would be waited for that long.
        assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(10));
        assertThat(leaders(second)).containsExactly(second);

        Launched third = launch();
        third.awaitReady();
        second.end();
        happen(2);
        awaitAllToldOnce(3);
        assertThat(leaders(third)).containsExactly(third);
    }
}
