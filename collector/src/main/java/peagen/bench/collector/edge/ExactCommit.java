package peagen.bench.collector.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.collector.domain.OpenFold;
import peagen.bench.collector.domain.SeenNumbers;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.Blob;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.Commit;
import peagen.bench.streams.outbox.Producer;

/**
 * Commits folds: deltas, quarantine, acknowledgements, and the numbers of the events that are counted by it, in one transaction.
 * The numbers are read before; what somebody has counted already is folded out again; and when somebody counts meanwhile, the
 * transaction does not happen and is tried again. So an event is counted once, whichever collectors get it, and however often.
 * Confined to one context.
 */
final class ExactCommit {

    /** How long an event is known after the last one of its block of numbers was counted. */
    static final Duration KNOWN_FOR = Duration.ofHours(24);

    /** How long an entry that was put aside is known: until nobody can have it in a fold any more. */
    static final Duration ASIDE_FOR = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(ExactCommit.class);
    private static final int LONGEST_PAUSE_MILLIS = 32;

    private final Vertx vertx;
    private final StreamBroker broker;
    private final StreamNames streams;
    private final Producer producer;

    /** A fold with its deltas, which are made once however often the transaction is tried. */
    private record Prepared(OpenFold fold, List<Commit.Append> appends) {}

    ExactCommit(Vertx vertx, StreamBroker broker, StreamNames streams, Producer producer) {
        this.vertx = vertx;
        this.broker = broker;
        this.streams = streams;
        this.producer = producer;
    }

    /** The key for {@code block} of a producer's numbers: in the cluster slot of the streams. */
    static String key(StreamNames streams, String block) {
        return "bench.seen." + streams.events().substring("bench.events.".length()) + ":" + block;
    }

    /**
     * Commits {@code fold}; answers what was counted, which is less where events had been counted before.
     *
     * @param lagEntries how many entries wait
     * @param tooLate asked before each further attempt: why there must be none
     */
    Future<OpenFold> commit(OpenFold fold, long lagEntries, Supplier<Optional<String>> tooLate) {
        return attempt(prepared(fold, lagEntries), lagEntries, tooLate, 0);
    }

    private Future<OpenFold> attempt(
            Prepared prepared, long lagEntries, Supplier<Optional<String>> tooLate, int conflicts) {
        List<String> blocks = List.copyOf(prepared.fold().seen().keySet());
        List<String> keys = blocks.stream().map(block -> key(streams, block)).toList();
        List<Prepared> decided = new ArrayList<>(1);
        return broker.commitIfUnchanged(keys, values -> {
                    Map<String, SeenNumbers> before = counted(blocks, keys, values);
                    OpenFold fresh = prepared.fold().onTopOf(before);
                    Prepared last = fresh == prepared.fold() ? prepared : prepared(fresh, lagEntries);
                    decided.add(last);
                    return transaction(last, before);
                })
                .compose(done -> {
                    Optional<String> reason = done ? Optional.empty() : tooLate.get();
                    if (reason.isPresent()) {
                        return Future.failedFuture(new IllegalStateException(reason.get()));
                    }
                    return done
                            ? Future.succeededFuture(committed(decided.getLast().fold()))
                            : pause(conflicts).compose(over -> attempt(prepared, lagEntries, tooLate, conflicts + 1));
                });
    }

    private static Map<String, SeenNumbers> counted(
            List<String> blocks, List<String> keys, List<Optional<byte[]>> values) {
        Map<String, SeenNumbers> counted = new HashMap<>();
        for (int i = 0; i < blocks.size(); i++) {
            if (values.get(i).isPresent()) {
                String key = keys.get(i);
                counted.put(
                        blocks.get(i),
                        SeenNumbers.decode(values.get(i).get())
                                .orElseThrow(() -> new IllegalStateException(
                                        key + ": no numbers of events, somebody else has written it; delete it")));
            }
        }
        return counted;
    }

    private Prepared prepared(OpenFold fold, long lagEntries) {
        List<Commit.Append> appends = new ArrayList<>();
        for (MetricsDelta delta : fold.deltas(producer::envelope, lagEntries)) {
            appends.add(new Commit.Append(streams.metrics(), delta.encode()));
        }
        for (Fields quarantined : fold.quarantine()) {
            appends.add(new Commit.Append(streams.quarantine(), quarantined));
        }
        return new Prepared(fold, appends);
    }

    private Commit transaction(Prepared prepared, Map<String, SeenNumbers> before) {
        List<Commit.Put> puts = new ArrayList<>();
        prepared.fold()
                .seen()
                .forEach((block, seen) -> puts.add(new Commit.Put(
                        key(streams, block),
                        new Blob(Optional.ofNullable(before.get(block))
                                .map(seen::with)
                                .orElse(seen)
                                .encode()),
                        block.startsWith(OpenFold.OF_ENTRIES) ? ASIDE_FOR : KNOWN_FOR)));
        Commit.Acknowledge acknowledge = new Commit.Acknowledge(
                streams.events(), StreamNames.COLLECTORS, prepared.fold().ids());
        return new Commit(prepared.appends(), List.of(acknowledge), puts);
    }

    private OpenFold committed(OpenFold fold) {
        if (fold.duplicates() > 0) {
            LOG.atInfo()
                    .addKeyValue("stream", streams.events())
                    .addKeyValue("group", StreamNames.COLLECTORS)
                    .addKeyValue("duplicates", fold.duplicates())
                    .log("events that had been counted before are not counted again");
        }
        return fold;
    }

    /** At once after a first conflict, then after a random time: rivals that met must not meet again. */
    private Future<Void> pause(int conflicts) {
        if (conflicts == 0) {
            return Future.succeededFuture();
        }
        Promise<Void> over = Promise.promise();
        int longest = Math.min(LONGEST_PAUSE_MILLIS, 1 << Math.min(conflicts, 5));
        vertx.setTimer(1 + ThreadLocalRandom.current().nextInt(longest), timer -> over.complete());
        return over.future();
    }
}
