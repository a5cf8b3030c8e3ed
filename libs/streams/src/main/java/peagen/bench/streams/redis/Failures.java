package peagen.bench.streams.redis;

import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.RedisAddress;

/** Turns what the Redis client reports into {@link BrokerException}s with one readable line. */
final class Failures {

    /** The client numbers the failed commands of a batch and strips the ERR of each. */
    private static final Pattern BATCH_PREFIX = Pattern.compile("^ERR \\[\\d+] ");

    private Failures() {}

    /** Whether the connection is unusable from now on, as opposed to a command having been refused. */
    static boolean breaksConnection(Throwable cause) {
        String error = redisError(cause);
        return error.isEmpty() || error.startsWith("CONNECTION_CLOSED") || error.startsWith("ILLEGAL_STATE");
    }

    /** Whether a consumer group, or the stream below it, was missing or vanished during a blocking read. */
    static boolean missingGroup(Throwable failure) {
        String error = redisErrorBehind(failure);
        return error.startsWith("NOGROUP") || error.startsWith("UNBLOCKED");
    }

    /** Whether a group that was to be created is there already. */
    static boolean groupExists(Throwable failure) {
        return redisErrorBehind(failure).startsWith("BUSYGROUP");
    }

    /** Whether a stream that was asked about does not exist. */
    static boolean missingStream(Throwable failure) {
        return redisErrorBehind(failure).startsWith("no such key");
    }

    private static String redisErrorBehind(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? "" : redisError(cause);
    }

    /** Whether the server answers nothing at all before it is given a password. */
    static boolean lacksPassword(Throwable cause) {
        return redisError(cause).startsWith("NOAUTH");
    }

    /** What an operation fails with that Redis refused. */
    static BrokerException refused(String operation, RedisAddress address, Throwable cause) {
        String error = redisError(cause);
        return new BrokerException(reason(error), operation + " at " + address + ": " + error, cause);
    }

    /** What an operation fails with whose connection broke. */
    static BrokerException disconnected(String operation, RedisAddress address, Throwable cause) {
        String why =
                redisError(cause).startsWith("CONNECTION_CLOSED") ? "the server closed the connection" : text(cause);
        return new BrokerException(
                Reason.UNREACHABLE,
                operation + " at " + address + ": " + why + "; whether it was done is unknown",
                cause);
    }

    /** What an operation fails with that was not sent, because the connection on which it depended is gone. */
    static BrokerException stranded(String operation, RedisAddress address) {
        return new BrokerException(
                Reason.UNREACHABLE, operation + " at " + address + ": the connection broke before; nothing was done");
    }

    /** What everything fails with that waits for a connection which cannot be made. */
    static BrokerException notConnected(RedisAddress address, Throwable cause) {
        String error = redisError(cause);
        if (error.startsWith("ILLEGAL_STATE") || isParserFailure(cause)) {
            return new BrokerException(
                    Reason.UNSUPPORTED_SERVER, address + " does not answer as a Redis server does", cause);
        }
        if (error.startsWith("CONNECTION_CLOSED")) {
            return new BrokerException(
                    Reason.UNREACHABLE, address + " closed the connection at once: is it a Redis server?", cause);
        }
        if (error.contains("DB index") || error.startsWith("SELECT is not allowed")) {
            return new BrokerException(
                    Reason.BAD_ADDRESS, address + " has no database " + address.database() + ": " + error, cause);
        }
        if (error.startsWith("DENIED")) {
            return new BrokerException(
                    Reason.UNAUTHORIZED, address + " is in protected mode: it needs a password", cause);
        }
        if (!error.isEmpty()) {
            Reason reason = reason(error);
            String said = reason == Reason.UNAUTHORIZED ? " refused user or password: " : " refused the connection: ";
            return new BrokerException(reason, address + said + error, cause);
        }
        String doubt =
                cause instanceof TimeoutException ? "; does it speak " + (address.tls() ? "TLS?" : "Redis?") : "";
        return new BrokerException(
                Reason.UNREACHABLE, "nobody answers at " + address + ": " + text(cause) + doubt, cause);
    }

    /** The client's parser throws these at digits that are none. */
    private static boolean isParserFailure(Throwable cause) {
        return cause instanceof ArithmeticException
                || cause instanceof IllegalStateException
                || cause instanceof NumberFormatException;
    }

    /** The first error of {@code cause} without decoration, or nothing when it is not an answer of the server. */
    static String redisError(Throwable cause) {
        if (!(cause instanceof Response reply) || reply.type() != ResponseType.ERROR) {
            return "";
        }
        String error = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        error = BATCH_PREFIX.matcher(error).replaceFirst("");
        error = error.startsWith("ERR ") ? error.substring(4) : error;
        int arguments = error.indexOf(", with args");
        return arguments < 0 ? error : error.substring(0, arguments);
    }

    private static Reason reason(String error) {
        String kind = error.contains(" ") ? error.substring(0, error.indexOf(' ')) : error;
        return switch (kind) {
            case "NOAUTH", "WRONGPASS", "NOPERM", "DENIED" -> Reason.UNAUTHORIZED;
            case "READONLY" -> Reason.READ_ONLY;
            case "OOM" -> Reason.OUT_OF_MEMORY;
            case "LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "max" -> Reason.UNREACHABLE;
            default ->
                error.toLowerCase(Locale.ROOT).startsWith("unknown command")
                                || error.toLowerCase(Locale.ROOT).startsWith("unknown subcommand")
                        ? Reason.UNSUPPORTED_SERVER
                        : Reason.REJECTED;
        };
    }

    private static String text(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        if (root instanceof UnknownHostException) {
            return "no such host";
        }
        if (message.startsWith("not an SSL/TLS record")) {
            return "it does not speak TLS; try redis:// instead of rediss://";
        }
        return root instanceof SSLException || root instanceof GeneralSecurityException ? "TLS: " + message : message;
    }
}
