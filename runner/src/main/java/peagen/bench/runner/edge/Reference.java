package peagen.bench.runner.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.measurement.notation.Notation;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.RedisAddress;
import peagen.bench.streams.StreamBroker;

/**
 * What {@code redis-benchmark} reaches with XADD alone on the same server in the same minute: the yardstick beside a capacity
 * run. Its stream is emptied afterwards.
 *
 * @param addsPerSecond what it measured; empty when it could not
 * @param note how it was measured, or why it was not
 */
public record Reference(Optional<Double> addsPerSecond, String note) {

    private static final String STREAM = "bench.reference";
    private static final int REQUESTS = 300_000;
    private static final long LIMIT_SECONDS = 60;
    private static final Pattern RATE = Pattern.compile("([0-9.]+) requests per second");

    /** Measures on the server of {@code source}; takes a second or two. */
    public static Reference measure(BrokerSource source) throws InterruptedException {
        Reference measured = measure(source.redisAddress());
        if (measured.addsPerSecond().isPresent()) {
            StreamBroker broker = Blocking.await(source.connect());
            Blocking.await(broker.trimToLength(STREAM, 0).eventually(broker::close));
        }
        return measured;
    }

    private static Reference measure(Optional<RedisAddress> server) {
        if (server.isEmpty()) {
            return none("there is no Redis to compare with on stub://");
        }
        RedisAddress redis = server.get();
        if (redis.password().isPresent() || redis.tls()) {
            return none("redis-benchmark is not given a password or a certificate on its command line");
        }
        try {
            Process process = new ProcessBuilder(
                            "redis-benchmark",
                            "-h",
                            redis.host(),
                            "-p",
                            Integer.toString(redis.port()),
                            "--dbnum",
                            Integer.toString(redis.database()),
                            "-n",
                            Integer.toString(REQUESTS),
                            "-c",
                            "50",
                            "-P",
                            "16",
                            "-q",
                            "XADD",
                            STREAM,
                            "MAXLEN",
                            "~",
                            "1000",
                            "*",
                            "data",
                            "x".repeat(256))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            // What it says ends when it does: killing it ends the reading as well.
            CompletableFuture<Process> ended = process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS);
            ended.exceptionally(late -> process.destroyForcibly());
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return read(said);
        } catch (IOException absent) {
            return none("redis-benchmark is not installed (Debian: redis-tools)");
        }
    }

    static Reference read(String said) {
        Matcher matcher = RATE.matcher(said);
        double last = -1;
        while (matcher.find()) {
            last = Double.parseDouble(matcher.group(1));
        }
        return last < 0
                ? none("redis-benchmark said: " + said.strip().lines().reduce("", (a, b) -> b))
                : new Reference(Optional.of(last), "redis-benchmark -c 50 -P 16, XADD MAXLEN ~ 1000, 256 bytes");
    }

    private static Reference none(String why) {
        return new Reference(Optional.empty(), why);
    }

    /** Lines that put the chain's throughput beside this. */
    public String beside(Verdict.Throughput throughput) {
        double chain = throughput.meanTasksPerMinute() / 60;
        String own = "capacity  " + Notation.number(Math.round(chain))
                + " tasks/s produced, claimed, answered, acknowledged, observed and aggregated";
        String other = addsPerSecond
                .map(adds -> "reference " + Notation.number(Math.round(adds)) + " XADD/s: " + note
                        + "; the chain reaches " + Notation.number(Math.round(100 * chain / adds)) + " % of it")
                .orElse("reference none: " + note);
        return String.join("\n", List.of(own, other));
    }
}
