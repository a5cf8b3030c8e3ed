package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import peagen.bench.gatekeeper.api.domain.Happening;
import peagen.bench.gatekeeper.api.domain.Seen;
import peagen.bench.service.http.ProblemDetails;
import peagen.bench.service.http.ProblemDetails.Fault;

/**
 * {@code GET /events}: server-sent events. {@code HEAD} answers that there would be some, and listens to none. A listener that does not read is hung up on: it comes back with the id of the last
 * event that it saw, and misses nothing. Confined to one context.
 */
final class EventStream {

    /** More are turned away. */
    static final int MOST_LISTENERS = 64;

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int MOST_UNREAD = 256 * 1024;

    private final Vertx vertx;
    private final Bulletin bulletin;
    private final Set<Listener> listeners = new HashSet<>();

    EventStream(Vertx vertx, Bulletin bulletin) {
        this.vertx = vertx;
        this.bulletin = bulletin;
    }

    void open(RoutingContext context) {
        Optional<String> id = Optional.ofNullable(context.request().getHeader("Last-Event-ID"))
                .filter(text -> !text.isBlank());
        Optional<Seen> from = id.flatMap(Seen::parse);
        if (id.isPresent() && from.isEmpty()) {
            ProblemDetails.of(
                            400,
                            List.of(new Fault("header/Last-Event-ID", id.get(), "the id of an event that was sent")))
                    .send(context);
            return;
        }
        if (listeners.size() >= MOST_LISTENERS) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, "30");
            ProblemDetails.of(503, MOST_LISTENERS + " listeners are here already, and more are not served")
                    .send(context);
            return;
        }
        if (context.request().method().equals(HttpMethod.HEAD)) {
            headers(context.response()).end();
            return;
        }
        Listener listener = new Listener(context.response());
        listeners.add(listener);
        listener.begin(from);
    }

    private static HttpServerResponse headers(HttpServerResponse response) {
        return response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Accel-Buffering", "no");
    }

    /** How many listen. */
    int listeners() {
        return listeners.size();
    }

    /** Hangs up on all of them. */
    void close() {
        Set.copyOf(listeners).forEach(Listener::end);
    }

    private final class Listener {
        private final HttpServerResponse response;
        private final Consumer<Happening> reader = this::tell;
        private final long heartbeat;
        private final long limit;
        private Optional<Seen> last = Optional.empty();
        private boolean catchingUp;
        private boolean toldMeanwhile;
        private boolean gone;

        Listener(HttpServerResponse response) {
            this.response = response;
            this.heartbeat = vertx.setPeriodic(HEARTBEAT.toMillis(), due -> write(": still here\n\n"));
            this.limit = vertx.setTimer(LONGEST.toMillis(), due -> end());
            response.closeHandler(closed -> end());
            response.exceptionHandler(failure -> end());
        }

        void begin(Optional<Seen> from) {
            headers(response).setWriteQueueMaxSize(MOST_UNREAD);
            write("retry: 2000\n\n");
            catchingUp = from.isPresent();
            bulletin.join(reader)
                    .onSuccess(now -> {
                        last = from.or(() -> Optional.of(now));
                        if (gone) {
                            bulletin.leave(reader);
                        } else {
                            // What a listener without an event would come back with.
                            write("id: " + last.get() + "\n: from here\n\n");
                            catchUp();
                        }
                    })
                    .onFailure(failure -> end());
        }

        /** Reads on its own what happened before it came, until nothing is there and nothing was told meanwhile. */
        private void catchUp() {
            if (!catchingUp || gone || last.isEmpty()) {
                return;
            }
            toldMeanwhile = false;
            bulletin.read(last.get())
                    .onSuccess(news -> {
                        news.happenings().forEach(this::send);
                        last = Optional.of(news.far());
                        catchingUp = news.more() || toldMeanwhile;
                        catchUp();
                    })
                    .onFailure(failure -> end());
        }

        private void tell(Happening happening) {
            if (catchingUp) {
                toldMeanwhile = true;
            } else {
                send(happening);
            }
        }

        private void send(Happening happening) {
            if (last.filter(seen -> isNews(seen, happening)).isEmpty()) {
                return;
            }
            Seen seen = last.get();
            boolean verdict = happening.name().equals("verdict");
            Seen now = verdict
                    ? new Seen(seen.control(), happening.seen().verdicts())
                    : new Seen(happening.seen().control(), seen.verdicts());
            last = Optional.of(now);
            write("id: %s\nevent: %s\ndata: %s\n\n"
                    .formatted(now, happening.name(), new JsonObject(happening.data()).encode()));
        }

        private static boolean isNews(Seen seen, Happening happening) {
            return happening.name().equals("verdict")
                    ? happening.seen().verdicts().compareTo(seen.verdicts()) > 0
                    : happening.seen().control().compareTo(seen.control()) > 0;
        }

        private void write(String text) {
            if (gone) {
                return;
            }
            if (response.writeQueueFull()) {
                end();
                return;
            }
            response.write(text);
        }

        void end() {
            if (gone) {
                return;
            }
            gone = true;
            vertx.cancelTimer(heartbeat);
            vertx.cancelTimer(limit);
            bulletin.leave(reader);
            listeners.remove(this);
            if (!response.ended() && !response.closed()) {
                if (response.writeQueueFull()) {
                    response.reset();
                } else {
                    response.end();
                }
            }
        }
    }
}
