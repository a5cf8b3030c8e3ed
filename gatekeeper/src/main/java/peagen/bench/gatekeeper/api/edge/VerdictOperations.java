package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.gatekeeper.api.domain.Happening;
import peagen.bench.gatekeeper.api.domain.RunShapes;
import peagen.bench.gatekeeper.api.domain.Shape;
import peagen.bench.gatekeeper.api.domain.VerdictWriter;
import peagen.bench.gatekeeper.history.domain.History;
import peagen.bench.gatekeeper.history.domain.StoredRun;
import peagen.bench.gatekeeper.history.domain.StoredVerdict;
import peagen.bench.service.syntax.DurationText;

/**
 * Verdicts, and who waits for one. Waiting callers are woken by the verdict stream, and look at the store every second beside, in
 * case the word was lost. Confined to one context.
 */
final class VerdictOperations {

    private static final int MOST_WAITING = 500;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** The stream may be ahead of the store for a moment. */
    private static final Duration LOOK_SOON = Duration.ofMillis(50);

    private final Vertx vertx;
    private final StoreThreads store;
    private final History history;
    private final Bulletin bulletin;
    private final Negotiation negotiation;
    private final Map<String, Set<Waiter>> waiters = new HashMap<>();
    private final Consumer<Happening> reader = this::heard;
    private int waiting;

    VerdictOperations(Vertx vertx, StoreThreads store, History history, Bulletin bulletin, Negotiation negotiation) {
        this.vertx = vertx;
        this.store = store;
        this.history = history;
        this.bulletin = bulletin;
        this.negotiation = negotiation;
    }

    /** A run and its latest verdict. */
    private record Latest(StoredRun run, Optional<StoredVerdict> verdict) {

        /** Of a revision in one form: the forms are no copies of each other. */
        String tag(VerdictWriter writer) {
            return verdict.map(said -> "\"" + said.verdict().revision() + "-" + writer.format() + "\"")
                    .orElse("");
        }
    }

    Future<Answer> get(Ask ask) {
        String id = ask.path("runId");
        VerdictWriter writer = negotiation.choose(ask);
        Duration wait = ask.query("wait").flatMap(DurationText::parse).orElse(Duration.ZERO);
        Known known = new Known(ask.header("If-None-Match").orElse(""), writer);
        return latest(id)
                .compose(latest -> known.covers(latest) && !wait.isZero()
                        ? await(id, known, wait, ask)
                        : Future.succeededFuture(latest))
                .map(latest -> answer(latest, known));
    }

    Future<Answer> all(Ask ask) {
        String id = ask.path("runId");
        return store.call(() -> {
            if (history.run(id).isEmpty()) {
                throw ProblemException.noRun(id);
            }
            List<Map<String, Object>> verdicts =
                    history.verdicts(id).stream().map(VerdictOperations::shape).toList();
            return Answer.json(200, new Shape().with("verdicts", verdicts).map());
        });
    }

    private static Map<String, Object> shape(StoredVerdict said) {
        return new Shape()
                .with("at", said.at().toString())
                .with("verdict", new JsonObject(VerdictJson.pretty(said.verdict())))
                .map();
    }

    private Future<Latest> latest(String id) {
        return store.call(() ->
                new Latest(history.run(id).orElseThrow(() -> ProblemException.noRun(id)), history.latestVerdict(id)));
    }

    /** What a caller has already, {@code If-None-Match}, and in which form it is asked for. */
    private record Known(String tags, VerdictWriter writer) {

        /** Whether there is nothing new for the caller. */
        boolean covers(Latest latest) {
            return latest.verdict().isEmpty() || matches(latest.tag(writer));
        }

        private boolean matches(String tag) {
            return tags.strip().equals("*")
                    || List.of(tags.split(",", -1)).stream()
                            .map(one -> one.strip().replaceFirst("^W/", ""))
                            .anyMatch(tag::equals);
        }
    }

    private static Answer answer(Latest latest, Known known) {
        if (latest.verdict().isEmpty()) {
            return Answer.json(
                            202,
                            new Shape()
                                    .with("id", latest.run().runId())
                                    .with("stage", RunShapes.stage(latest.run().stage()))
                                    .map())
                    .with("Retry-After", "5");
        }
        VerdictWriter writer = known.writer();
        Answer answer = known.covers(latest)
                ? Answer.empty(304)
                : Answer.text(
                        200,
                        writer.mediaType(),
                        writer.write(latest.run(), latest.verdict().get()));
        return answer.with("ETag", latest.tag(writer)).with("Vary", "Accept").with("Cache-Control", "no-cache");
    }

    private final class Waiter {
        private final Promise<Latest> promise = Promise.promise();
        private final String id;
        private final Known known;
        private boolean looking;

        Waiter(String id, Known known) {
            this.id = id;
            this.known = known;
        }

        void look(boolean last) {
            if ((looking && !last) || promise.future().isComplete()) {
                return;
            }
            looking = true;
            latest(id).onComplete(answer -> {
                looking = false;
                if (answer.failed()) {
                    promise.tryFail(answer.cause());
                } else if (last || !known.covers(answer.result())) {
                    promise.tryComplete(answer.result());
                }
            });
        }
    }

    private Future<Latest> await(String id, Known known, Duration wait, Ask ask) {
        if (waiting >= MOST_WAITING) {
            return Future.failedFuture(
                    ProblemException.of(503, "too many callers wait for verdicts; ask without wait"));
        }
        Waiter waiter = new Waiter(id, known);
        enlist(waiter);
        long end = vertx.setTimer(wait.toMillis(), due -> waiter.look(true));
        long again = vertx.setPeriodic(LOOK_AGAIN.toMillis(), due -> waiter.look(false));
        ask.onGone(() -> waiter.promise.tryFail("the caller hung up"));
        return waiter.promise.future().onComplete(done -> {
            vertx.cancelTimer(end);
            vertx.cancelTimer(again);
            dismiss(waiter);
        });
    }

    private void enlist(Waiter waiter) {
        waiters.computeIfAbsent(waiter.id, first -> new LinkedHashSet<>()).add(waiter);
        if (waiting++ == 0) {
            bulletin.join(reader);
        }
        waiter.look(false);
    }

    private void dismiss(Waiter waiter) {
        Set<Waiter> ofRun = waiters.getOrDefault(waiter.id, Set.of());
        if (ofRun.remove(waiter) && ofRun.isEmpty()) {
            waiters.remove(waiter.id);
        }
        if (--waiting == 0) {
            bulletin.leave(reader);
        }
    }

    private void heard(Happening happening) {
        if (happening.name().equals("verdict")) {
            for (Waiter waiter : List.copyOf(waiters.getOrDefault(happening.runId(), Set.of()))) {
                waiter.look(false);
                vertx.setTimer(LOOK_SOON.toMillis(), due -> waiter.look(false));
            }
        }
    }
}
