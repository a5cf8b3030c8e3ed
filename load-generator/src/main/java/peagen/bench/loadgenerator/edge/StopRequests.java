package peagen.bench.loadgenerator.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvent.StopRequested;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamTail;

/**
 * Listens on the control stream for requests to end one run early, four times a second, on the context that makes it: the thread
 * that paces the load has no part in it.
 */
public final class StopRequests {

    private static final Logger LOG = LoggerFactory.getLogger(StopRequests.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final String runId;
    private final Consumer<String> reasons;
    private final StreamTail tail;

    private StopRequests(Vertx vertx, StreamBroker broker, String runId, EntryId after, Consumer<String> reasons) {
        this.runId = runId;
        this.reasons = reasons;
        this.tail = StreamTail.follow(
                vertx,
                broker,
                StreamNames.CONTROL,
                after,
                LOOK_EVERY,
                this::read,
                cause -> LOG.atDebug()
                        .addKeyValue("stream", StreamNames.CONTROL)
                        .addKeyValue("cause", cause.getMessage())
                        .log("cannot listen for the moment"));
    }

    /**
     * Listens for run {@code runId}.
     *
     * @param after nothing up to this entry is looked at: no request for a run is older than what made it known
     * @param reasons gets the reason of each request
     */
    public static StopRequests listen(
            Vertx vertx, StreamBroker broker, String runId, EntryId after, Consumer<String> reasons) {
        return new StopRequests(vertx, broker, runId, after, reasons);
    }

    private void read(List<StreamEntry> entries) {
        for (StreamEntry entry : entries) {
            if (RunEvents.decode(entry.fields()) instanceof Decoded.Known<RunEvent>(StopRequested asked)
                    && asked.envelope().runId().equals(runId)) {
                reasons.accept(asked.reason());
            }
        }
    }

    /** Listens no more. */
    public Future<Void> stop() {
        return tail.stop();
    }
}
