package peagen.bench.gatekeeper.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.domain.LateJudgement;
import peagen.bench.gatekeeper.domain.Revisions;
import peagen.bench.gatekeeper.domain.RipeRun;
import peagen.bench.gatekeeper.domain.RunBook;

/** Judges what the book says is ready, and puts the verdicts among what is owed. Confined to one context. */
final class Judging {

    private static final Logger LOG = LoggerFactory.getLogger(Judging.class);

    private final Vertx vertx;
    private final Bench bench;
    private final RunBook book;
    private final Owed owed;
    private final SaidBefore saidBefore;
    private final Chronicle chronicle;
    private final GatekeeperMeters meters;
    private final LongSupplier nowMicros;

    /** Taken out of the book and not said: what could not be said now is said with the next round. */
    private final Deque<Supplier<Future<Void>>> due = new ArrayDeque<>();

    Judging(
            Vertx vertx,
            Bench bench,
            RunBook book,
            Owed owed,
            SaidBefore saidBefore,
            Chronicle chronicle,
            GatekeeperMeters meters,
            LongSupplier nowMicros) {
        this.vertx = vertx;
        this.bench = bench;
        this.book = book;
        this.owed = owed;
        this.saidBefore = saidBefore;
        this.chronicle = chronicle;
        this.meters = meters;
        this.nowMicros = nowMicros;
    }

    /** Judges every run that is ready, one after the other, and lets judged ones go whose time is over. */
    Future<Void> judge(boolean quiet) {
        if (due.isEmpty()) {
            book.takeRipe(nowMicros.getAsLong(), quiet).forEach(run -> due.add(() -> judgeUnlessSaid(run)));
            book.takeLate(nowMicros.getAsLong(), quiet).forEach(late -> due.add(() -> judgeAgain(late)));
        }
        return judgeDue().onSuccess(all -> letGo());
    }

    private Future<Void> judgeDue() {
        return due.isEmpty()
                ? Future.succeededFuture()
                : due.getFirst().get().compose(said -> {
                    due.removeFirst();
                    return judgeDue();
                });
    }

    /** One that died may have said the verdict and not have acknowledged what it rests on, or have written it down alone. */
    private Future<Void> judgeUnlessSaid(RipeRun run) {
        return saidBefore
                .of(run.runId(), run.since())
                .compose(found -> chronicle.verdicts(run.runId()).compose(stored -> {
                    Optional<Said> known = Said.latest(found, stored);
                    if (known.isEmpty()) {
                        return judge(run);
                    }
                    Verdict verdict = known.get().verdict();
                    Said.missing(found, stored).forEach(owed::verdict);
                    book.found(verdict, known.get().atMicros(), nowMicros.getAsLong());
                    LOG.atInfo()
                            .addKeyValue("runId", run.runId())
                            .addKeyValue("revision", verdict.revision())
                            .log("run has its verdict already");
                    return Future.succeededFuture();
                }));
    }

    private Future<Void> judge(RipeRun run) {
        // Not onSuccess: the future completes on another thread, and what is composed onto it may run before such a
        // handler.
        return onBench(run)
                .compose(this::writtenDown)
                .map(verdict -> {
                    say(verdict);
                    meters.judged(verdict.state());
                    report(verdict).addKeyValue("ready", run.why()).log("run judged");
                    return verdict;
                })
                .mapEmpty();
    }

    private Future<Void> judgeAgain(LateJudgement late) {
        return onBench(late.run()).compose(verdict -> {
            if (!changes(late, verdict)) {
                meters.lateEvents(late.lateEvents());
                return Future.succeededFuture();
            }
            return writtenDown(Revisions.after(late.said(), verdict, late.lateEvents()))
                    .map(revised -> {
                        meters.lateEvents(late.lateEvents());
                        say(revised);
                        meters.revised();
                        report(revised)
                                .addKeyValue("revision", revised.revision())
                                .log("run judged anew");
                        return revised;
                    })
                    .mapEmpty();
        });
    }

    private Future<Verdict> writtenDown(Verdict verdict) {
        return chronicle.judged(verdict, Instant.EPOCH.plus(nowMicros.getAsLong(), ChronoUnit.MICROS));
    }

    /** After a restart a gate may have changed, and that alone is no reason to judge anew. */
    private static boolean changes(LateJudgement late, Verdict verdict) {
        Verdict said = Revisions.asFirst(late.said());
        boolean changed = !said.equals(verdict);
        return changed && (late.lateEvents() > 0 || !Revisions.sameMeasurements(said, verdict));
    }

    private Future<Verdict> onBench(RipeRun run) {
        return vertx.executeBlocking(() -> bench.judge(run)).map(Objects::requireNonNull);
    }

    private void say(Verdict verdict) {
        owed.verdict(verdict);
        book.said(verdict, nowMicros.getAsLong());
    }

    private static LoggingEventBuilder report(Verdict verdict) {
        return LOG.atInfo()
                .addKeyValue("runId", verdict.runId())
                .addKeyValue("scenario", verdict.scenario())
                .addKeyValue("state", verdict.state())
                .addKeyValue(
                        "reason",
                        verdict.reasons().isEmpty() ? "" : verdict.reasons().get(0));
    }

    private void letGo() {
        book.leave(nowMicros.getAsLong()).forEach((runId, events) -> {
            if (events > 0) {
                meters.lateEvents(events);
                LOG.atWarn()
                        .addKeyValue("runId", runId)
                        .addKeyValue("events", events)
                        .log("too many judged runs, late events of the oldest are not judged");
            }
        });
    }
}
