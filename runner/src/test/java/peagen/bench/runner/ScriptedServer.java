package peagen.bench.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers each connection as the next of its parts says, the last one for ever, byte for byte. */
final class ScriptedServer implements AutoCloseable {

    /** One answer. */
    interface Part {
        void play(OutputStream out) throws IOException, InterruptedException;
    }

    /** Never answers. */
    static final Part SILENCE = out -> Thread.currentThread().join();

    private final ServerSocket socket;
    private final List<Part> parts;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Thread> players = new CopyOnWriteArrayList<>();

    private ScriptedServer(ServerSocket socket, List<Part> parts) {
        this.socket = socket;
        this.parts = parts;
    }

    static ScriptedServer playing(Part... parts) throws IOException {
        ScriptedServer server =
                new ScriptedServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), List.of(parts));
        server.begin(server::accept);
        return server;
    }

    static Part answering(int status, String headers, String body) {
        return out -> out.write(whole(status, headers, body).getBytes(StandardCharsets.UTF_8));
    }

    static String whole(int status, String headers, String body) {
        return "HTTP/1.1 %d Word\r\n%sConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, headers, body.getBytes(StandardCharsets.UTF_8).length, body);
    }

    private void begin(Runnable work) {
        Thread thread = Thread.ofPlatform().daemon().unstarted(work);
        players.add(thread);
        thread.start();
    }

    private void accept() {
        for (int number = 0; !socket.isClosed(); number++) {
            Part part = parts.get(Math.min(number, parts.size() - 1));
            try {
                Socket caller = socket.accept();
                begin(() -> play(caller, part));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void play(Socket caller, Part part) {
        try (caller) {
            requests.add(head(caller.getInputStream()));
            part.play(caller.getOutputStream());
            caller.getOutputStream().flush();
        } catch (IOException gone) {
            // the caller has had enough
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0 && head.indexOf("\r\n\r\n") < 0; next = in.read()) {
            head.append((char) next);
            if (head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        players.forEach(Thread::interrupt);
    }
}
