package peagen.bench.service.http;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import peagen.bench.service.syntax.DurationText;
import peagen.bench.service.syntax.Quoted;

/**
 * Whether a service is ready to work: named checks, all of which must pass. Thread-safe; checks run on the thread that asks and
 * must not block it.
 */
public final class Health {

    private final Map<String, Supplier<Future<Void>>> checks = new ConcurrentSkipListMap<>();
    private final Duration patience;

    /** Without checks, and therefore ready; a check that is added later has two seconds to answer. */
    public Health() {
        this(Duration.ofSeconds(2));
    }

    /** Without checks; a check that is added later has {@code patience} to answer. */
    public Health(Duration patience) {
        this.patience = patience;
    }

    /**
     * The outcome of one check.
     *
     * @param check its name
     * @param up whether it passed
     * @param detail why not; empty when it passed
     */
    public record Outcome(String check, boolean up, String detail) {}

    /** Adds or replaces a check that passes when its future succeeds; a failure's message is shown. */
    public Health register(String name, Supplier<Future<Void>> check) {
        checks.put(name, check);
        return this;
    }

    /** Adds or replaces a check that passes when it answers true. */
    public Health registerCondition(String name, BooleanSupplier check) {
        return register(
                name,
                () -> check.getAsBoolean() ? Future.succeededFuture() : Future.failedFuture("not yet, or no longer"));
    }

    /** Runs all checks; the outcomes come in the order of their names. Never fails. */
    public Future<List<Outcome>> check() {
        List<Future<Outcome>> running = checks.entrySet().stream()
                .map(entry -> run(entry.getKey(), entry.getValue()))
                .toList();
        return Future.join(running)
                .map(all -> running.stream().map(Future::result).toList());
    }

    private Future<Outcome> run(String name, Supplier<Future<Void>> check) {
        return Future.succeededFuture()
                .compose(started -> check.get())
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .map(passed -> new Outcome(name, true, ""))
                .otherwise(failure -> new Outcome(name, false, reason(failure)));
    }

    private String reason(Throwable failure) {
        return failure instanceof TimeoutException
                ? "no answer within " + DurationText.format(patience)
                : Optional.ofNullable(failure.getMessage())
                        .map(Quoted::plain)
                        .orElse(failure.getClass().getSimpleName());
    }
}
