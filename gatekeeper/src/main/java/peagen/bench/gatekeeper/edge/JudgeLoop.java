package peagen.bench.gatekeeper.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.gatekeeper.GatekeeperConfig;
import peagen.bench.gatekeeper.domain.RunBook;
import peagen.bench.gatekeeper.domain.Source;
import peagen.bench.gatekeeper.history.domain.HistoryLookup;
import peagen.bench.streams.PendingPage;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupInfo;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.outbox.Producer;

/**
 * Read, fold, judge, acknowledge. Deltas are read first and folded last: a run is declared before its first delta is written, so
 * the control stream, read in between, already knows every run that the deltas speak of. Entries stay pending until the verdicts
 * of all runs that need them are said; that is the only memory a gatekeeper has, and a new one starts by reading it again.
 * Confined to one context.
 */
public final class JudgeLoop {

    private static final Logger LOG = LoggerFactory.getLogger(JudgeLoop.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);

    private final Vertx vertx;
    private final StreamBroker broker;
    private final GatekeeperConfig config;
    private final StreamNames streams;
    private final GatekeeperMeters meters;
    private final Bench bench;
    private final RunBook book;
    private final Owed owed;
    private final Intake intake;
    private final Judging judging;
    private final Estates estates;
    private final Chronicle chronicle;
    private final EarlyStops earlyStops;
    private final Leftovers leftovers;
    private final Promise<Void> left = Promise.promise();
    private volatile boolean reading;
    private boolean stopping;
    private boolean missesSome;

    /**
     * A loop for {@code config} on {@code broker}.
     *
     * @param chronicle where runs and verdicts are written down
     */
    public JudgeLoop(
            Vertx vertx,
            StreamBroker broker,
            GatekeeperConfig config,
            Producer producer,
            GateFiles gates,
            HistoryLookup history,
            GatekeeperMeters meters,
            Chronicle chronicle) {
        this.vertx = vertx;
        this.broker = broker;
        this.config = config;
        this.streams = config.streams();
        this.meters = meters;
        this.bench = new Bench(gates, history);
        this.book = new RunBook(streams, producer.name(), config.patience());
        this.chronicle = chronicle;
        this.owed = new Owed(broker, streams, chronicle);
        this.intake = new Intake(book, owed, streams, meters, producer::nowMicros);
        SaidBefore saidBefore = new SaidBefore(broker);
        this.judging = new Judging(vertx, bench, book, owed, saidBefore, chronicle, meters, producer::nowMicros);
        this.estates = new Estates(broker, config, intake);
        this.leftovers = new Leftovers(broker, book, chronicle, meters);
        this.earlyStops = new EarlyStops(vertx, broker, streams, producer, gates, book);
    }

    /** Reads what this gatekeeper and dead ones left pending; completes when that is folded, and reads on from there. */
    public Future<Void> start() {
        vertx.executeBlocking(bench::warmUp)
                .onFailure(cause -> LOG.atWarn().setCause(cause).log("warm-up failed"));
        return recover()
                .compose(recovered -> estates.takeOver())
                .onSuccess(taken -> {
                    reading = true;
                    round();
                })
                .onFailure(cause -> left.tryComplete());
    }

    /** Stops reading; completes when what was decided is said. Entries of open runs stay pending for the next gatekeeper. */
    public Future<Void> stop() {
        stopping = true;
        return left.future();
    }

    /** Whether it reads: not before what was left pending is read again, and not while Redis does not answer. */
    public boolean isReading() {
        return reading;
    }

    private void round() {
        if (stopping) {
            reading = false;
            left.tryComplete();
            return;
        }
        // What could not be written down comes first: nothing more is read as long as that fails.
        intake.writeDown(chronicle)
                .compose(written -> readWhatIsMissed())
                .compose(found -> read(Source.METRICS, config.block()))
                .compose(deltas -> readAll(Source.CONTROL, new ArrayList<>()).map(control -> {
                    intake.take(Source.CONTROL, control);
                    intake.take(Source.METRICS, deltas);
                    return control;
                }))
                .compose(taken -> readWhatTheEndsRestOn())
                .compose(taken -> intake.writeDown(chronicle))
                .compose(written -> judge())
                .compose(judged -> earlyStops.look())
                .onSuccess(judged -> {
                    reading = true;
                    round();
                })
                .onFailure(this::failed);
    }

    /**
     * A process of the same name, stopped when it led and gone on when this one did, may have read what is now pending for this
     * one. Only here, with no read under way, is more pending than known a sign of that.
     */
    private Future<Void> readWhatIsMissed() {
        if (!missesSome) {
            return Future.succeededFuture();
        }
        missesSome = false;
        return isMorePending().compose(more -> more ? recover() : Future.succeededFuture());
    }

    /** A run's end was written after its deltas, and read before some of them: those must not come too late for it. */
    private Future<Void> readWhatTheEndsRestOn() {
        if (!book.awaitsMore()) {
            return Future.succeededFuture();
        }
        return readAll(Source.METRICS, new ArrayList<>())
                .map(deltas -> {
                    intake.take(Source.METRICS, deltas);
                    return deltas;
                })
                .mapEmpty();
    }

    private Future<List<StreamEntry>> readAll(Source source, List<StreamEntry> before) {
        return read(source, Duration.ZERO).compose(entries -> {
            before.addAll(entries);
            return entries.size() < config.readCount() ? Future.succeededFuture(before) : readAll(source, before);
        });
    }

    private Future<List<StreamEntry>> read(Source source, Duration block) {
        return broker.readGroup(new GroupRead(
                intake.stream(source), GatekeeperConfig.GROUP, config.consumer(), config.readCount(), block));
    }

    private Future<Void> judge() {
        intake.forget();
        return leftovers
                .letGo(() -> accountedFor(Source.CONTROL))
                .compose(done -> quiet())
                .compose(quiet -> {
                    return judging.judge(quiet).compose(all -> {
                        meters.open(book.openRuns());
                        meters.late(book.lateRuns());
                        owed.settled(book.settled());
                        return owed.pay();
                    });
                });
    }

    /** Whether nothing is on its way to a closed run: neither with the collectors, nor unread or with a dead gatekeeper. */
    private Future<Boolean> quiet() {
        if (!book.awaitsMore()) {
            return Future.succeededFuture(true);
        }
        Future<GroupInfo> events = broker.groupInfo(streams.events(), StreamNames.COLLECTORS);
        Future<GroupInfo> metrics = broker.groupInfo(streams.metrics(), GatekeeperConfig.GROUP);
        return Future.all(events, metrics)
                .map(both -> events.result().lag() == 0
                        && events.result().pending() == 0
                        && metrics.result().lag() == 0
                        && metrics.result().pending() <= accountedFor(Source.METRICS));
    }

    /** Pending entries that this gatekeeper knows of. */
    private long accountedFor(Source source) {
        return book.needed(source) + owed.unacknowledged(source);
    }

    private void failed(Throwable cause) {
        reading = false;
        LOG.atWarn().addKeyValue("cause", cause.getMessage()).log("round broken off, trying again");
        vertx.setTimer(PAUSE_AFTER_FAILURE.toMillis(), timer -> {
            if (stopping) {
                left.tryFail(cause);
            } else {
                // An answer may have been lost on its way: then its entries are pending and nobody knows them.
                recover().onSuccess(recovered -> round()).onFailure(this::failed);
            }
        });
    }

    private Future<Void> recover() {
        return replay(Source.CONTROL, EntryId.MIN).compose(control -> replay(Source.METRICS, EntryId.MIN));
    }

    private Future<Void> replay(Source source, EntryId from) {
        String stream = intake.stream(source);
        return PendingPage.read(broker, stream, GatekeeperConfig.GROUP, config.consumer(), from, config.readCount())
                .compose(page -> {
                    intake.take(source, page.entries());
                    if (!page.gone().isEmpty()) {
                        LOG.atError()
                                .addKeyValue("stream", stream)
                                .addKeyValue("entries", page.gone().size())
                                .log("entries were deleted before their run was judged");
                    }
                    Future<Long> dropped = page.gone().isEmpty()
                            ? Future.succeededFuture(0L)
                            : broker.acknowledge(stream, GatekeeperConfig.GROUP, page.gone());
                    return dropped.compose(done ->
                            page.next().map(next -> replay(source, next)).orElseGet(Future::succeededFuture));
                });
    }

    /** Takes over what dead gatekeepers left, when more is pending than this one knows of. */
    Future<Void> takeOverFromTheDead() {
        return isMorePending().compose(more -> {
            missesSome |= more;
            return more ? estates.takeOver() : Future.succeededFuture();
        });
    }

    private Future<Boolean> isMorePending() {
        Future<GroupInfo> control = broker.groupInfo(StreamNames.CONTROL, GatekeeperConfig.GROUP);
        Future<GroupInfo> metrics = broker.groupInfo(streams.metrics(), GatekeeperConfig.GROUP);
        return Future.all(control, metrics)
                .map(infos -> control.result().pending() > accountedFor(Source.CONTROL)
                        || metrics.result().pending() > accountedFor(Source.METRICS));
    }
}
