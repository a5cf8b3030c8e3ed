package peagen.bench.microbenchmarks;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * People and pipelines who use a gatekeeper's API: {@value #REQUESTS_A_SECOND} requests a second, sent at their time whatever has been
 * answered. Of 20, six list runs, six ask for one, five for its verdict, one for the history of a target, one for a gate, and one
 * asks for a new run.
 */
final class ApiLoad implements AutoCloseable {

    static final int REQUESTS_A_SECOND = 200;

    private static final int REFERENCE_EVERY = 10;
    private static final String ORDER =
            "{\"scenario\":\"bench_queue_rate\",\"environment\":\"CPU-FARM-32\",\"seed\":7}";

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final HttpClient client;
    private final int port;
    private final int runs;

    /** Asks the gatekeeper at {@code port}, which knows {@code runs} runs of {@link FilledStore}. */
    ApiLoad(int port, int runs) {
        this.port = port;
        this.runs = runs;
        client = vertx.createHttpClient(
                new HttpClientOptions().setDefaultHost("127.0.0.1"), new PoolOptions().setHttp1MaxSize(64));
    }

    /**
     * What came of it, µs from the intended start.
     *
     * @param reference times of requests for {@code /health/live} in between
     * @param statuses how often each status was answered; 0 is no answer
     */
    record Loaded(Histogram api, Histogram reference, SortedMap<Integer, LongAdder> statuses) {

        private Loaded() {
            this(new ConcurrentHistogram(3), new ConcurrentHistogram(3), new ConcurrentSkipListMap<>());
        }

        private void count(int status) {
            statuses.computeIfAbsent(status, fresh -> new LongAdder()).increment();
        }
    }

    private record Ask(HttpMethod method, String path) {

        private static Ask get(String path) {
            return new Ask(HttpMethod.GET, path);
        }
    }

    Loaded run(Duration length) {
        Loaded loaded = new Loaded();
        long gap = 1_000_000_000L / REQUESTS_A_SECOND;
        long begun = System.nanoTime();
        long count = length.toNanos() / gap;
        List<Future<?>> answers = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            long intended = begun + i * gap;
            while (System.nanoTime() < intended) {
                LockSupport.parkNanos(intended - System.nanoTime());
            }
            answers.add(send(ask(i), intended, loaded.api(), loaded));
            if (i % REFERENCE_EVERY == 0) {
                answers.add(send(Ask.get("/health/live"), intended, loaded.reference(), loaded));
            }
        }
        Future.join(answers)
                .otherwiseEmpty()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        return loaded;
    }

    private Ask ask(long number) {
        String run = "/api/v1/runs/" + FilledStore.id((int) (number * 7 % runs));
        String scenario = FilledStore.SCENARIOS.get((int) (number % FilledStore.SCENARIOS.size()));
        return switch ((int) (number % 20)) {
            case 0, 3, 6, 9, 12, 15 -> Ask.get("/api/v1/runs?limit=20&scenario=" + scenario);
            case 1, 4, 7, 10, 13, 16 -> Ask.get(run);
            case 2, 5, 8, 11, 14 -> Ask.get(run + "/verdict");
            case 17 -> Ask.get("/api/v1/targets/PT-3/history?limit=50&scenario=" + scenario);
            case 18 -> Ask.get("/api/v1/gates/v1.0");
            default -> new Ask(HttpMethod.POST, "/api/v1/runs");
        };
    }

    private Future<?> send(Ask ask, long intended, Histogram times, Loaded loaded) {
        Promise<Integer> answered = Promise.promise();
        // On one event loop, which nothing of the answer can pass by.
        context.runOnContext(begin -> status(ask)
                .onSuccess(status -> times.recordValue((System.nanoTime() - intended) / 1_000))
                .otherwise(0)
                .onSuccess(loaded::count)
                .onComplete(answered));
        return answered.future();
    }

    private Future<Integer> status(Ask ask) {
        return client.request(ask.method(), port, "127.0.0.1", ask.path())
                .compose(request -> ask.method().equals(HttpMethod.POST)
                        ? request.putHeader("Content-Type", "application/json").send(ORDER)
                        : request.send())
                .compose((HttpClientResponse response) -> response.body().map(body -> response.statusCode()));
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
