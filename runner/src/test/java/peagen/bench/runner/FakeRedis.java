package peagen.bench.runner;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import peagen.bench.runner.edge.Blocking;

/** Something on a port that is not the Redis that one wants. */
final class FakeRedis implements AutoCloseable {

    private static final Pattern COMMAND = Pattern.compile("\\*\\d+\r\n\\$\\d+\r\n(\\w+)\r\n");

    private final Vertx vertx = Vertx.vertx();
    private final NetServer server;

    private FakeRedis(Function<String, String> replies) throws InterruptedException {
        server = Blocking.await(vertx.createNetServer()
                .connectHandler(
                        socket -> socket.handler(bytes -> socket.write(replies.apply(bytes.toString("ISO-8859-1")))))
                .listen(0, "127.0.0.1"));
    }

    /** Answers INFO with {@code info}. */
    static FakeRedis answering(String info) throws InterruptedException {
        return new FakeRedis(commands -> {
            StringBuilder replies = new StringBuilder();
            Matcher command = COMMAND.matcher(commands);
            while (command.find()) {
                replies.append(
                        switch (command.group(1).toUpperCase(Locale.ROOT)) {
                            case "INFO" -> "$" + info.length() + "\r\n" + info + "\r\n";
                            case "CLIENT" -> ":7\r\n";
                            default -> "*0\r\n";
                        });
            }
            return replies.toString();
        });
    }

    /** Says the same to everything. */
    static FakeRedis saying(String answer) throws InterruptedException {
        return new FakeRedis(commands -> answer);
    }

    int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
