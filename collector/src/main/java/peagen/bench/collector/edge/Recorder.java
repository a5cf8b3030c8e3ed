package peagen.bench.collector.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import peagen.bench.contract.entry.StreamEntry;

/**
 * Keeps a record of streams: reads them in turn, has what it read written down, and acknowledges it. An entry is acknowledged once
 * the record has taken it; a broken connection loses and doubles none. Confined to one context; the files are written on worker
 * threads, one task after the other.
 */
public final class Recorder {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final Duration BLOCK = Duration.ofMillis(200);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);
    private static final Duration LAST_ENTRIES = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final List<FollowedStream> streams;
    private final FollowedStream last;
    private final Written record;
    private final Promise<Void> left = Promise.promise();
    private boolean recovering = true;
    private boolean stopping;
    private boolean hurried;
    private boolean closed;
    private int failures;

    /** What is written; called on worker threads, never twice at a time. */
    interface Written {

        /** Finishes what others have left behind. */
        void resume();

        /** Writes what is due. */
        void write();

        /** Writes everything and closes every file. */
        void close();
    }

    /** A recorder that waits for entries of the last one of {@code streams}. */
    Recorder(Vertx vertx, List<FollowedStream> streams, Written record) {
        this.vertx = vertx;
        this.streams = List.copyOf(streams);
        this.last = streams.getLast();
        this.record = record;
    }

    /** Makes sure that the groups exist. */
    public Future<Void> prepare() {
        Future<Void> prepared = Future.succeededFuture();
        for (FollowedStream followed : streams) {
            prepared = prepared.compose(ignored -> followed.prepare());
        }
        return prepared;
    }

    /** Starts recording, first what this recorder or a dead one has left behind. */
    public void start() {
        vertx.executeBlocking(() -> {
                    record.resume();
                    return true;
                })
                .onComplete(ignored -> recover());
    }

    /** Stops when everything there is has been recorded, or after 2 s; completes when every file is closed. */
    public Future<Void> stop() {
        stopping = true;
        vertx.setTimer(LAST_ENTRIES.toMillis(), timer -> hurried = true);
        return left.future();
    }

    private void read() {
        read(new ArrayList<>())
                .compose(this::write)
                .compose(round -> acknowledge(round, 0).map(quiet(round)))
                .onSuccess(this::next)
                .onFailure(this::failed);
    }

    /** One list of entries for each stream, in their order. */
    private Future<List<List<StreamEntry>>> read(List<List<StreamEntry>> round) {
        if (round.size() == streams.size()) {
            return Future.succeededFuture(round);
        }
        FollowedStream followed = streams.get(round.size());
        boolean waits = followed == last && !stopping && !recovering;
        return (recovering ? followed.readOwn() : followed.read(waits ? BLOCK : Duration.ZERO)).compose(entries -> {
            round.add(entries);
            return read(round);
        });
    }

    private static boolean quiet(List<List<StreamEntry>> round) {
        return round.stream().allMatch(List::isEmpty);
    }

    private Future<List<List<StreamEntry>>> write(List<List<StreamEntry>> round) {
        boolean over = stopping && !recovering && (hurried || quiet(round));
        return vertx.executeBlocking(() -> {
                    for (int i = 0; i < round.size(); i++) {
                        streams.get(i).take(round.get(i));
                    }
                    if (over) {
                        record.close();
                    } else {
                        record.write();
                    }
                    closed = over;
                    return true;
                })
                .map(round);
    }

    private Future<Void> acknowledge(List<List<StreamEntry>> round, int from) {
        return from == round.size()
                ? Future.succeededFuture()
                : streams.get(from).acknowledge(round.get(from)).compose(ignored -> acknowledge(round, from + 1));
    }

    private void next(boolean quiet) {
        failures = 0;
        if (closed) {
            left.tryComplete();
            return;
        }
        recovering = recovering && !quiet;
        read();
    }

    private void failed(Throwable cause) {
        LOG.atLevel(failures++ == 0 ? Level.WARN : Level.DEBUG)
                .addKeyValue("stream", last.stream())
                .addKeyValue("group", last.group())
                .addKeyValue("cause", cause.getMessage())
                .log("raw record interrupted, goes on");
        if (stopping) {
            vertx.executeBlocking(() -> {
                        record.close();
                        return true;
                    })
                    .<Void>mapEmpty()
                    .onComplete(left);
        } else {
            vertx.setTimer(PAUSE_AFTER_FAILURE.toMillis(), timer -> recover());
        }
    }

    /** Whatever was delivered and not acknowledged is read again; what of it is in the record already is only acknowledged. */
    private void recover() {
        recovering = true;
        claim(0).onSuccess(ignored -> read()).onFailure(this::failed);
    }

    private Future<Void> claim(int from) {
        return from == streams.size()
                ? Future.succeededFuture()
                : streams.get(from).claim().compose(ignored -> claim(from + 1));
    }
}
