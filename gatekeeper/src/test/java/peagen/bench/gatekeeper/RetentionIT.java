package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import peagen.bench.gatekeeper.history.domain.History;
import peagen.bench.gatekeeper.history.domain.RunFilter;
import peagen.bench.gatekeeper.history.domain.StoredRun;
import peagen.bench.gatekeeper.store.edge.Database;
import peagen.bench.gatekeeper.store.edge.Stores;
import peagen.bench.gatekeeper.webhook.domain.NoticeWriter;
import peagen.bench.gatekeeper.webhook.domain.Outbox;
import peagen.bench.gatekeeper.webhook.edge.SubscriptionFile;
import peagen.bench.measurement.regression.Acceptance;

/** What a gatekeeper forgets that was told how long to keep runs. */
class RetentionIT extends ProcessContract {

    private static final int JUDGED = 60;
    private static final int KEPT = 50;
    private final Instant longAgo = Instant.now().minus(Duration.ofDays(40));

    private SampleRun old(String id, String profile, int minute) {
        return new SampleRun(id, profile, longAgo.plusSeconds(60L * minute).toEpochMilli() * 1000);
    }

    private static void judged(History history, SampleRun old) {
        Instant at = Instant.ofEpochMilli(old.startMicros / 1000);
        history.declared(old.id, old.plan(), at);
        history.judged(old.undisturbedVerdict(), at.plusSeconds(10));
    }

    private List<String> kept(Stores stores) {
        return stores.history().runs(RunFilter.ALL, Optional.empty(), 200).items().stream()
                .map(StoredRun::runId)
                .toList();
    }

    @Test
    void oldRunsGoAndWhatOthersAreComparedWithAndWhatIsToBeSentStays() {
        try (Database database = Database.open(store)) {
            Stores stores = database.stores();
            IntStream.range(0, JUDGED)
                    .forEach(minute -> judged(stores.history(), old("old-" + minute, "smoke", minute)));
            judged(stores.history(), old("alone", "v1.0", 0));
            stores.history().declared("stuck", old("stuck", "smoke", 99).plan(), longAgo);
            SampleRun young = new SampleRun("young", "v1.0", nowMicros());
            stores.history().declared(young.id, young.plan(), Instant.now());
            stores.history().accept("old-59", new Acceptance("ann", longAgo, "as it should be"));
            SubscriptionFile.read(folder.resolve("webhooks.toml")).putInto(stores.subscriptions());
            new Outbox(
                            stores.subscriptions(),
                            stores.deliveries(),
                            new NoticeWriter(URI.create("urn:test"), Optional.empty()),
                            Clock.systemUTC())
                    .announce(old("old-0", "smoke", 0).undisturbedVerdict(), Optional.empty());
            List<String> stays = new ArrayList<>(List.of("alone", "young"));
            IntStream.range(JUDGED - KEPT, JUDGED).forEach(minute -> stays.add("old-" + minute));

            launch("--keep-runs", "30d");

            patiently().untilAsserted(() -> assertThat(kept(stores)).containsExactlyInAnyOrderElementsOf(stays));
            assertThat(stores.history().verdicts("old-0")).isEmpty();
            assertThat(stores.history().verdicts("old-10")).hasSize(1);
            assertThat(stores.history().run("old-59").orElseThrow().acceptance())
                    .isPresent();
            patiently().until(() -> receiver.requests().size() == 1);
            assertThat(receiver.requests().get(0)).contains("\"runId\":\"old-0\"");
        }
    }

    @Test
    void nothingGoesThatIsYoungEnough() {
        try (Database database = Database.open(store)) {
            Stores stores = database.stores();
            IntStream.range(0, JUDGED)
                    .forEach(minute -> judged(stores.history(), old("old-" + minute, "smoke", minute)));

            launch("--keep-runs", "41d");
            happen(0);
            awaitVerdicts(1);

            patiently().until(() -> kept(stores).contains("run-0"));
            assertThat(kept(stores)).hasSize(JUDGED + 1);
        }
    }
}
