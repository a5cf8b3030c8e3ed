package peagen.bench.gatekeeper.store.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.gatekeeper.store.domain.LeaseRow;
import peagen.bench.gatekeeper.store.domain.LeaseWatch;

/**
 * Which of several gatekeepers on one store leads. Each renews or watches the lease on a thread of its own; the others stand by
 * and take over when the leader gives no sign of life for the term, or is known to be dead. A leader that could not renew in time
 * stops by itself, before anybody else may begin. Only a clock that never goes back is looked at, and never that of another host.
 *
 * <p>Confined to the context that starts it, except where it says otherwise.
 */
public final class Leadership {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final int BEATS_PER_TERM = 8;
    private static final long NEVER = Long.MIN_VALUE;

    private final Vertx vertx;
    private final Database database;
    private final Lease lease;
    private final Duration term;
    private final LongSupplier nanos;
    private final Holder holders;
    private final String self;
    private final LeaseWatch watch;
    private final WorkerExecutor thread;
    private final Office office;
    private Optional<Tenure> tenure = Optional.empty();
    private Future<Void> change = Future.succeededFuture();
    private Future<Void> beat = Future.succeededFuture();
    private long timer = -1;
    private boolean stopping;
    private volatile long validUntilNanos = NEVER;
    private volatile Optional<String> trouble = Optional.of("store: not asked yet");

    /** What whoever leads does. Called on the context. */
    public interface Office {

        /** Begins; {@code stores} refuse every change when another one leads. May fail: then the lead is left again. */
        Future<Void> begin(Stores stores);

        /** Ends; may be called while {@link #begin} is under way. Completes when nothing more is done. */
        Future<Void> end();
    }

    private record Tenure(long epoch) {}

    /** What a beat came to, on the thread that may wait. */
    private sealed interface Outcome {}

    private record Leads(long epoch, long untilNanos) implements Outcome {}

    private record StandsBy(LeaseRow row) implements Outcome {}

    /**
     * A member of those that could lead.
     *
     * @param term how long the leader may be silent
     * @param nanos a clock that only goes forward
     */
    public Leadership(Vertx vertx, Database database, Duration term, LongSupplier nanos, Office office) {
        this.vertx = vertx;
        this.database = database;
        this.lease = new Lease(database.sql());
        this.term = term;
        this.nanos = nanos;
        this.office = office;
        this.holders = Holder.ofThisMachine();
        this.self = holders.self();
        this.watch = new LeaseWatch(term);
        this.thread = vertx.createSharedWorkerExecutor("gatekeeper-lease-" + NUMBERS.incrementAndGet(), 1);
    }

    /** Begins to beat; completes after the first beat, whatever it came to, and the beginning of the office if it led to that. */
    public Future<Void> start() {
        timer = vertx.setPeriodic(Math.max(1, term.toMillis() / BEATS_PER_TERM), again -> tick());
        tick();
        return beat.transform(first -> change);
    }

    /** Leaves the lead, so that another can take it at once; completes when the office has ended. */
    public Future<Void> stop() {
        stopping = true;
        vertx.cancelTimer(timer);
        Optional<Tenure> last = tenure;
        return beat.transform(over -> change)
                .transform(over -> office.end())
                .transform(ended -> {
                    validUntilNanos = NEVER;
                    Optional<Tenure> mine = tenure.isPresent() ? tenure : last;
                    tenure = Optional.empty();
                    return mine.map(leading -> onThread(() -> lease.release(leading.epoch())))
                            .orElseGet(Future::succeededFuture);
                })
                .transform(released -> thread.close());
    }

    /** Whether it leads, and nobody else can. Any thread. */
    public boolean isLeading() {
        long until = validUntilNanos;
        return until != NEVER && nanos.getAsLong() - until < 0;
    }

    /** Why the store cannot be reached; empty as long as it can. Any thread. */
    public Optional<String> trouble() {
        return trouble;
    }

    private void tick() {
        if (tenure.isPresent() && !isLeading()) {
            resign("the lease could not be renewed in time");
        }
        if (beat.isComplete() && !stopping) {
            Promise<Void> done = Promise.promise();
            beat = done.future();
            Optional<Tenure> at = tenure;
            thread.executeBlocking(() -> at.isPresent() ? renewed(at.get()) : looked())
                    .onComplete(asked -> {
                        if (asked.succeeded()) {
                            trouble = Optional.empty();
                            came(at, asked.result());
                        } else {
                            failed(asked.cause());
                        }
                        done.complete();
                    });
        }
    }

    private Outcome renewed(Tenure at) {
        long before = nanos.getAsLong();
        return lease.renew(at.epoch())
                ? new Leads(at.epoch(), before + term.toNanos())
                : new StandsBy(new LeaseRow("", 0, 0));
    }

    private Outcome looked() {
        LeaseRow row = lease.read();
        long before = nanos.getAsLong();
        boolean free = watch.isFree(row, before) || row.holder().equals(self) || holders.isDead(row.holder());
        return free && lease.take(row, self) ? new Leads(row.epoch() + 1, before + term.toNanos()) : new StandsBy(row);
    }

    private void came(Optional<Tenure> asked, Outcome outcome) {
        switch (outcome) {
            case Leads leads -> {
                // Resigned meanwhile: it is taken anew with the next beat, in another epoch.
                if (tenure.equals(asked) && nanos.getAsLong() - leads.untilNanos() < 0) {
                    validUntilNanos = leads.untilNanos();
                    if (tenure.isEmpty() && !stopping) {
                        begin(new Tenure(leads.epoch()));
                    } else if (tenure.isEmpty()) {
                        tenure = Optional.of(new Tenure(leads.epoch()));
                    }
                }
            }
            case StandsBy standsBy -> {
                if (tenure.isPresent() && tenure.equals(asked)) {
                    resign("another gatekeeper leads");
                }
            }
        }
    }

    private void begin(Tenure fresh) {
        tenure = Optional.of(fresh);
        LOG.atInfo().addKeyValue("epoch", fresh.epoch()).log("leads");
        change = change.transform(before -> {
            if (!tenure.equals(Optional.of(fresh))) {
                return Future.succeededFuture();
            }
            return office.begin(database.stores(fresh.epoch()));
        });
        change.onFailure(cause -> {
            LOG.atWarn().setCause(cause).log("cannot begin to lead, trying again");
            if (tenure.equals(Optional.of(fresh))) {
                resign("it could not begin");
                beat = beat.transform(over -> onThread(() -> lease.release(fresh.epoch())));
            }
        });
    }

    private void resign(String why) {
        tenure.ifPresent(last -> LOG.atWarn()
                .addKeyValue("epoch", last.epoch())
                .addKeyValue("reason", why)
                .log("leads no more"));
        tenure = Optional.empty();
        validUntilNanos = NEVER;
        change = change.transform(before -> office.end());
    }

    private void failed(Throwable cause) {
        String why = String.valueOf(cause.getMessage());
        if (!trouble.equals(Optional.of(why))) {
            LOG.atWarn().addKeyValue("cause", why).log("the store cannot be reached");
        }
        trouble = Optional.of(why);
    }

    private Future<Void> onThread(Runnable work) {
        return thread.executeBlocking(() -> {
                    work.run();
                    return true;
                })
                .mapEmpty();
    }
}
