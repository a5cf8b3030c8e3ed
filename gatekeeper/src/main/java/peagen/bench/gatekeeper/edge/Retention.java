package peagen.bench.gatekeeper.edge;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.gatekeeper.history.domain.History;

/** Forgets old runs, now and every hour. Confined to one context. */
public final class Retention {

    /** So many judged runs of each conditions stay, however old they are, because others are compared with them. */
    public static final int KEPT_FOR_COMPARISON = 50;

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration KEYS_KEPT = Duration.ofDays(1);
    private static final Duration EVERY = Duration.ofHours(1);

    private final Vertx vertx;
    private final History history;
    private final Consumer<Instant> requests;
    private final Duration kept;
    private final Clock clock;
    private long timer = -1;

    /**
     * Keeps what {@code history} heard of within {@code kept}.
     *
     * @param requests forgets under which keys runs were asked for before an instant; these are kept for a day
     */
    public Retention(Vertx vertx, History history, Consumer<Instant> requests, Duration kept, Clock clock) {
        this.vertx = vertx;
        this.history = history;
        this.requests = requests;
        this.kept = kept;
        this.clock = clock;
    }

    /** Begins. */
    public void start() {
        timer = vertx.setPeriodic(0, EVERY.toMillis(), again -> forget());
    }

    /** Ends. */
    public void stop() {
        vertx.cancelTimer(timer);
    }

    private void forget() {
        Instant before = clock.instant().minus(kept);
        Instant aDayAgo = clock.instant().minus(KEYS_KEPT);
        vertx.executeBlocking(
                        () -> {
                            requests.accept(aDayAgo);
                            return history.forget(before, KEPT_FOR_COMPARISON);
                        },
                        false)
                .onSuccess(runs -> {
                    if (runs > 0) {
                        LOG.atInfo()
                                .addKeyValue("runs", runs)
                                .addKeyValue("before", before)
                                .log("old runs are forgotten");
                    }
                })
                .onFailure(cause ->
                        LOG.atWarn().addKeyValue("cause", cause.getMessage()).log("old runs stay for now"));
    }
}
