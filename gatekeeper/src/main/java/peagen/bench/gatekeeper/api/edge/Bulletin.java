package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.gatekeeper.api.domain.Happening;
import peagen.bench.gatekeeper.api.domain.Seen;
import peagen.bench.streams.StreamBroker;

/**
 * Reads the control and the verdict stream once for all who follow them, and not at all while nobody does. Confined to one
 * context.
 */
final class Bulletin {

    private static final Logger LOG = LoggerFactory.getLogger(Bulletin.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int BATCH = 200;

    private final Vertx vertx;
    private final StreamBroker broker;
    private final Set<Consumer<Happening>> readers = new LinkedHashSet<>();
    private Optional<Seen> seen = Optional.empty();
    private boolean reading;
    private boolean closed;

    Bulletin(Vertx vertx, StreamBroker broker) {
        this.vertx = vertx;
        this.broker = broker;
    }

    /** Tells {@code reader} what happens from now on; completes with where that is. */
    Future<Seen> join(Consumer<Happening> reader) {
        return (readers.isEmpty() || seen.isEmpty() ? now() : Future.succeededFuture(seen.get())).map(from -> {
            if (readers.isEmpty() || seen.isEmpty()) {
                seen = Optional.of(from);
            }
            readers.add(reader);
            if (!reading) {
                reading = true;
                poll();
            }
            return from;
        });
    }

    void leave(Consumer<Happening> reader) {
        readers.remove(reader);
    }

    void close() {
        closed = true;
    }

    private Future<Seen> now() {
        return broker.serverTimeMicros().map(micros -> {
            EntryId now = new EntryId(micros / 1_000, 0);
            return new Seen(now, now);
        });
    }

    /**
     * A part of what happened.
     *
     * @param far how far it goes, beyond its last happening where other entries follow
     * @param more whether there may be more behind it
     */
    record News(List<Happening> happenings, Seen far, boolean more) {}

    /** What happened behind {@code from}, as far as one read of each stream goes. */
    Future<News> read(Seen from) {
        Future<List<StreamEntry>> control =
                broker.range(StreamNames.CONTROL, from.control().next(), EntryId.MAX, BATCH);
        Future<List<StreamEntry>> verdicts =
                broker.range(StreamNames.VERDICTS, from.verdicts().next(), EntryId.MAX, BATCH);
        return Future.all(control, verdicts).map(both -> {
            List<Happening> news = new ArrayList<>();
            Seen half = take(from, control.result(), Happening::ofControl, Bulletin::controlAt, news);
            Seen far = take(half, verdicts.result(), Happening::ofVerdict, Bulletin::verdictAt, news);
            boolean more = Math.max(control.result().size(), verdicts.result().size()) == BATCH;
            return new News(news, far, more);
        });
    }

    private static Seen take(
            Seen from,
            List<StreamEntry> entries,
            BiFunction<StreamEntry, Seen, Optional<Happening>> reading,
            BiFunction<Seen, EntryId, Seen> moved,
            List<Happening> news) {
        Seen far = from;
        for (StreamEntry entry : entries) {
            reading.apply(entry, far).ifPresent(news::add);
            far = moved.apply(far, entry.id());
        }
        return far;
    }

    private static Seen controlAt(Seen seen, EntryId id) {
        return new Seen(id, seen.verdicts());
    }

    private static Seen verdictAt(Seen seen, EntryId id) {
        return new Seen(seen.control(), id);
    }

    private void poll() {
        if (closed || readers.isEmpty() || seen.isEmpty()) {
            reading = false;
            return;
        }
        Seen from = seen.get();
        read(from).onComplete(answer -> {
            boolean more = false;
            if (answer.succeeded()) {
                seen = Optional.of(answer.result().far());
                answer.result().happenings().forEach(this::tell);
                more = answer.result().more();
            } else {
                LOG.atWarn()
                        .addKeyValue("cause", answer.cause().getMessage())
                        .log("streams cannot be followed, trying again");
            }
            vertx.setTimer(more ? 1 : POLL.toMillis(), due -> poll());
        });
    }

    private void tell(Happening happening) {
        List.copyOf(readers).forEach(reader -> reader.accept(happening));
    }
}
