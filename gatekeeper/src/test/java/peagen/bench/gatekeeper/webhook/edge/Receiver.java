package peagen.bench.gatekeeper.webhook.edge;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A server that does with a connection what a test wants it to, byte for byte. */
public final class Receiver implements AutoCloseable {

    private final NetServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    private Receiver(NetServer server) {
        this.server = server;
    }

    /** {@code behaviour} gets the connection when a request has come in. */
    public static Receiver start(Vertx vertx, Consumer<NetSocket> behaviour) {
        NetServer server = vertx.createNetServer();
        Receiver receiver = new Receiver(server);
        server.connectHandler(socket -> {
            receiver.connections.incrementAndGet();
            Buffer heard = Buffer.buffer();
            socket.exceptionHandler(broken -> {});
            socket.handler(part -> {
                heard.appendBuffer(part);
                String text = heard.toString(StandardCharsets.UTF_8);
                if (isWhole(text)) {
                    receiver.requests.add(text);
                    behaviour.accept(socket);
                }
            });
        });
        server.listen(0, "127.0.0.1").await();
        return receiver;
    }

    /** Answers every request with {@code text} and closes. */
    static Receiver answering(Vertx vertx, String text) {
        return start(vertx, socket -> socket.end(Buffer.buffer(text)));
    }

    private static boolean isWhole(String text) {
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        String length = text.substring(0, head)
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .map(line -> line.substring("content-length:".length()).trim())
                .findFirst()
                .orElse("0");
        return text.substring(head + 4).getBytes(StandardCharsets.UTF_8).length >= Integer.parseInt(length);
    }

    /** Where it listens. */
    public int port() {
        return server.actualPort();
    }

    /** The requests so far. */
    public List<String> requests() {
        return requests;
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        server.close().await();
    }
}
