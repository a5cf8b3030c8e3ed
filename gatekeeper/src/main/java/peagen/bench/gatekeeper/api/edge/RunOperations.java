package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.event.RunEvent.StopRequested;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.api.domain.RunShapes;
import peagen.bench.gatekeeper.history.domain.History;
import peagen.bench.gatekeeper.history.domain.Page;
import peagen.bench.gatekeeper.history.domain.RunFilter;
import peagen.bench.gatekeeper.history.domain.Stage;
import peagen.bench.gatekeeper.history.domain.StoredRun;
import peagen.bench.measurement.regression.Acceptance;
import peagen.bench.service.http.ProblemDetails.Fault;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.outbox.Producer;

/** Runs: the list, one of them, stop, accept. */
final class RunOperations {

    private final StoreThreads store;
    private final History history;
    private final StreamBroker broker;
    private final Producer producer;
    private final Clock clock;

    RunOperations(StoreThreads store, History history, StreamBroker broker, Producer producer, Clock clock) {
        this.store = store;
        this.history = history;
        this.broker = broker;
        this.producer = producer;
        this.clock = clock;
    }

    Future<Answer> list(Ask ask) {
        RunFilter filter = filter(ask);
        Optional<String> cursor = ask.query("cursor");
        int limit = ask.limit();
        return store.call(() -> {
                    try {
                        return history.runs(filter, cursor, limit);
                    } catch (IllegalArgumentException noCursor) {
                        throw ProblemException.of(
                                400,
                                new Fault("query/cursor", cursor.orElse(""), "a cursor from a link to the next page"));
                    }
                })
                .map(page -> page(ask, page));
    }

    private static Answer page(Ask ask, Page<StoredRun> page) {
        Answer answer = Answer.json(200, RunShapes.runs(page.items(), page.next()));
        return page.next().map(next -> answer.with("Link", next(ask, next))).orElse(answer);
    }

    private static String next(Ask ask, String cursor) {
        Stream<String> kept = Stream.of(
                        "scenario",
                        "environment",
                        "profile",
                        "repository",
                        "sha",
                        "set",
                        "stage",
                        "state",
                        "since",
                        "until",
                        "limit")
                .flatMap(name -> ask.query(name).stream().map(value -> name + "=" + encoded(value)));
        String query =
                Stream.concat(kept, Stream.of("cursor=" + encoded(cursor))).collect(Collectors.joining("&"));
        return "</api/v1/runs?%s>; rel=\"next\"".formatted(query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static RunFilter filter(Ask ask) {
        return new RunFilter(
                ask.query("scenario"),
                ask.query("environment"),
                ask.query("profile"),
                ask.query("repository"),
                ask.query("sha"),
                ask.query("set"),
                ask.query("stage").map(text -> Stage.valueOf(text.toUpperCase(Locale.ROOT))),
                ask.query("state").map(VerdictState::valueOf),
                ask.time("since"),
                ask.time("until"));
    }

    Future<Answer> get(Ask ask) {
        String id = ask.path("runId");
        return store.call(() -> Answer.json(200, RunShapes.run(known(id))));
    }

    private StoredRun known(String id) {
        return history.run(id).orElseThrow(() -> ProblemException.noRun(id));
    }

    Future<Answer> stop(Ask ask) {
        String id = ask.path("runId");
        String reason = ask.body().getString("reason");
        return store.call(() -> known(id)).compose(run -> {
            switch (run.stage()) {
                case REQUESTED, RUNNING -> {}
                case CLOSED, JUDGED ->
                    throw ProblemException.of(409, "run '" + id + "' is over; there is nothing to stop");
            }
            String said = ask.caller().name() + ": " + reason;
            return broker.append(StreamNames.CONTROL, RunEvents.encode(new StopRequested(producer.envelope(id), said)))
                    .map(entry -> Answer.json(202, RunShapes.run(run)).about(id, reason));
        });
    }

    Future<Answer> accept(Ask ask) {
        String id = ask.path("runId");
        JsonObject body = ask.body();
        String who = ask.caller().name();
        return store.call(() -> {
            known(id);
            String reason = body.getString("reason");
            if (!history.accept(id, new Acceptance(who, clock.instant(), reason))) {
                throw ProblemException.of(
                        409, "run '" + id + "' has no verdict yet; only a judged run can be accepted");
            }
            Map<String, Object> accepted = RunShapes.run(known(id));
            return Answer.json(200, accepted).about(id, reason);
        });
    }
}
