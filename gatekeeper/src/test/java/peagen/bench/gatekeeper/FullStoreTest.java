package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.store.edge.Database;
import peagen.bench.gatekeeper.store.edge.SmallStore;

/** A gatekeeper whose store is full. */
class FullStoreTest extends StoredContract {

    private static final int MORE_THAN_FIT = 12;

    @Test
    void waitsForRoomAndLosesNothing() throws SQLException {
        SmallStore full = SmallStore.filled(folder.resolve("store.db"));
        try (Database small = full.open()) {
            Gatekeeper gatekeeper = stored(broker, small);
            String deployment = answerOf(vertx.deployVerticle(gatekeeper));
            for (int number = 1; number <= MORE_THAN_FIT; number++) {
                happen(new SampleRun("run-" + number, "smoke", nowMicros()));
            }
            patiently().until(() -> gatekeeper.storeTrouble().isPresent() && !gatekeeper.isReady());
            assertThat(gatekeeper.storeTrouble().orElseThrow())
                    .contains("its disk is full, or it has reached its largest size");
            assertThat(verdicts()).hasSizeLessThan(MORE_THAN_FIT);
            assertThat(pending(StreamNames.CONTROL)).isPositive();

            full.makeRoom();

            assertThat(awaitVerdicts(MORE_THAN_FIT)).extracting(Verdict::runId).doesNotHaveDuplicates();
            awaitNothingPending();
            patiently().until(() -> webhookIds().size() == MORE_THAN_FIT && gatekeeper.isReady());
            assertThat(gatekeeper.storeTrouble()).isEmpty();
            assertThat(webhookIds()).doesNotHaveDuplicates();
            answerOf(vertx.undeploy(deployment));
        }
    }
}
