package peagen.bench.streams.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.RedisAddress;

/** Looks at a server once, when connected: better one clear line now than a puzzling one in the middle of a run. */
final class ServerCheck {

    private static final ModuleDescriptor.Version OLDEST = ModuleDescriptor.Version.parse("6.2");

    private final RedisAddress address;

    ServerCheck(RedisAddress address) {
        this.address = address;
    }

    /**
     * The server's version; empty when it may not be asked. Fails with {@link BrokerException} when the server is too old or
     * takes no writes.
     */
    Future<Optional<String>> check(RedisCalls calls) {
        List<Request> questions = List.of(
                Request.cmd(Command.INFO).arg("server"),
                Request.cmd(Command.INFO).arg("replication"));
        return calls.askAll("INFO", questions, 0, this::judge)
                .map(Optional::of)
                .recover(failure ->
                        mayNotAsk(failure) ? Future.succeededFuture(Optional.empty()) : Future.failedFuture(failure));
    }

    /** A user who may use streams but not INFO is welcome. */
    private static boolean mayNotAsk(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause != null && Failures.redisError(cause).startsWith("NOPERM");
    }

    private String judge(List<Response> replies) {
        Map<String, String> server = lines(replies.get(0));
        String version = server.getOrDefault("redis_version", "");
        if (!version.matches("\\d+\\.\\d+.*")) {
            throw new BrokerException(
                    Reason.UNSUPPORTED_SERVER,
                    address + " answers, but not as a Redis server does: INFO has no redis_version");
        }
        if (ModuleDescriptor.Version.parse(version).compareTo(OLDEST) < 0) {
            throw new BrokerException(
                    Reason.UNSUPPORTED_SERVER,
                    address + " is Redis " + version + ", but 6.2 or newer is needed for XAUTOCLAIM");
        }
        Map<String, String> replication = lines(replies.get(1));
        if ("slave".equals(replication.get("role"))) {
            throw new BrokerException(
                    Reason.READ_ONLY,
                    address + " is a replica and takes no writes: use its primary " + replication.get("master_host")
                            + ":" + replication.get("master_port"));
        }
        return version;
    }

    private static Map<String, String> lines(Response info) {
        return info.toString()
                .lines()
                .filter(line -> line.indexOf(':') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1).strip(),
                        (first, second) -> first));
    }
}
