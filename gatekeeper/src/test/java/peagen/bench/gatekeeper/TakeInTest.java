package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.history.domain.Page;
import peagen.bench.gatekeeper.history.domain.RunFilter;
import peagen.bench.gatekeeper.history.domain.StoredRun;
import peagen.bench.gatekeeper.webhook.domain.Verdicts;

/** Verdicts of a long stream that a new store knows nothing of. */
class TakeInTest extends StoredContract {

    /** Two pages that are full and one that is not; and then exactly three. */
    private static final int OLD = 450;

    private static final int MORE = 600;

    private void saidBefore(int from, int to) {
        answerOf(broker.append(
                StreamNames.VERDICTS,
                IntStream.range(from, to)
                        .mapToObj(number -> VerdictJson.entry(Verdicts.of("old-" + number, VerdictState.PASS)))
                        .toList()));
    }

    private Set<String> kept() {
        List<String> ids = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<StoredRun> page = history().runs(RunFilter.ALL, cursor, 100);
            page.items().forEach(found -> ids.add(found.runId()));
            cursor = page.next();
        } while (cursor.isPresent());
        assertThat(ids).doesNotHaveDuplicates();
        return new HashSet<>(ids);
    }

    @Test
    void areTakenInPageAfterPageAndNobodyIsTold() {
        saidBefore(0, OLD);
        String first = answerOf(vertx.deployVerticle(stored(broker, database)));
        assertThat(kept()).hasSize(OLD).contains("old-0", "old-449");
        answerOf(vertx.undeploy(first));
        saidBefore(OLD, MORE);

        answerOf(vertx.deployVerticle(stored(broker, database)));

        assertThat(kept()).hasSize(MORE).contains("old-599");
        happen(run);
        assertThat(awaitVerdicts(MORE + 1)).extracting(Verdict::runId).endsWith(run.id);
        patiently().until(() -> webhookIds().size() == 1);
        assertThat(receiver.requests().get(0)).contains("\"runId\":\"run-1\"");
    }
}
