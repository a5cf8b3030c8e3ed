package peagen.bench.streams.redis;

import static peagen.bench.streams.Answers.answerOf;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import peagen.bench.streams.RedisAddress;

/** Something on a port that may or may not behave as a Redis. */
final class FakeServer {

    private final NetServer server;
    private final AtomicInteger connections = new AtomicInteger();

    private FakeServer(Vertx vertx, Consumer<NetSocket> behaviour) {
        server = vertx.createNetServer().connectHandler(socket -> {
            connections.incrementAndGet();
            behaviour.accept(socket);
        });
        answerOf(server.listen(0, "127.0.0.1"));
    }

    /** Does {@code behaviour} with every connection. */
    static FakeServer doing(Vertx vertx, Consumer<NetSocket> behaviour) {
        return new FakeServer(vertx, behaviour);
    }

    /** Answers commands, given in capitals and with spaces between the arguments; nothing means silence. */
    static FakeServer answering(Vertx vertx, Function<String, Optional<String>> replies) {
        return new FakeServer(vertx, socket -> {
            StringBuilder received = new StringBuilder();
            socket.handler(bytes -> {
                received.append(bytes.toString("ISO-8859-1"));
                for (String command : commands(received)) {
                    replies.apply(command.toUpperCase(Locale.ROOT))
                            .ifPresent(reply -> socket.write(Buffer.buffer(reply)));
                }
            });
        });
    }

    /** A server that passes the connect check and then answers as {@code replies} say. */
    static FakeServer connectable(Vertx vertx, Function<String, Optional<String>> replies) {
        return answering(vertx, command -> switch (command.split(" ", -1)[0]) {
            case "HELLO" -> Optional.of("*0\r\n");
            case "CLIENT" -> Optional.of(":7\r\n");
            case "INFO" -> Optional.of(bulk("redis_version:7.0.0\r\nrole:master\r\n"));
            default -> replies.apply(command);
        });
    }

    static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    RedisAddress address() {
        return RedisAddress.of("127.0.0.1", server.actualPort());
    }

    int connections() {
        return connections.get();
    }

    /** Takes the complete commands off {@code received}. */
    private static List<String> commands(StringBuilder received) {
        List<String> commands = new ArrayList<>();
        while (true) {
            String[] lines = received.toString().split("\r\n", -1);
            int parts = lines[0].startsWith("*") ? Integer.parseInt(lines[0].substring(1)) : 0;
            if (parts == 0 || lines.length < 2 * parts + 2) {
                return commands;
            }
            StringBuilder command = new StringBuilder();
            int length = lines[0].length() + 2;
            for (int part = 0; part < parts; part++) {
                String argument = lines[2 * part + 2];
                length += lines[2 * part + 1].length() + argument.length() + 4;
                command.append(part == 0 ? "" : " ").append(argument);
            }
            received.delete(0, length);
            commands.add(command.toString());
        }
    }
}
