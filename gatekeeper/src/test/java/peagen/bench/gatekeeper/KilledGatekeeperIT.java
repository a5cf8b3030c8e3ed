package peagen.bench.gatekeeper;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import peagen.bench.gatekeeper.Processes.Launched;

/** A gatekeeper that is killed or stopped at any moment. */
class KilledGatekeeperIT extends ProcessContract {

    private static final int RUNS = 16;
    private static final int KILLS = 4;

    @ParameterizedTest
    @CsvSource({"SQLITE, 1", "SQLITE, 2", "SQLITE, 3", "POSTGRESQL, 4"})
    void everyRunGetsOneVerdictAndEveryWebhookOneBody(Kind kind, long seed) throws Exception {
        use(kind);
        Random random = new Random(seed);
        int number = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int before = verdicts().size();
            Launched gatekeeper = launch();
            for (int i = 0; i < RUNS / KILLS; i++) {
                happen(number++);
            }
            int wanted = Math.min(number, before + 1 + random.nextInt(RUNS / KILLS));
            patiently().until(() -> verdicts().size() >= wanted);
            // Between one step and the next of whatever comes now.
            gatekeeper.process().waitFor(random.nextInt(12), TimeUnit.MILLISECONDS);
            gatekeeper.kill();
        }
        launch();

        awaitAllToldOnce(number);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void oneThatWasStoppedAndGoesOnChangesNothing(Kind kind) throws Exception {
        use(kind);
        Launched first = launch();
        happen(0);
        awaitVerdicts(1);
        launch();
        first.signal("STOP");
        for (int number = 1; number < 8; number++) {
            happen(number);
        }
        patiently().atMost(Duration.ofSeconds(40)).until(() -> verdicts().size() == 8);

        first.signal("CONT");
        happen(8);

        awaitAllToldOnce(9);
    }
}
