package peagen.bench.endtoend.kill;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A blocking connection that speaks RESP 2, as plain as a worker can have it. Text stands for bytes as Latin-1. */
final class Resp implements AutoCloseable {

    private static final int CONNECT_MILLIS = 1_000;
    private static final int ANSWER_MILLIS = 5_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;

    /** Redis said no; the connection may be used on. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    Resp(int port) throws IOException {
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
            out = new BufferedOutputStream(socket.getOutputStream());
        } catch (IOException unreachable) {
            socket.close();
            throw unreachable;
        }
    }

    /** Asks, and waits for the answer: a text, a number as text, a list of such, or null. */
    @Nullable
    Object ask(String... words) throws IOException {
        send(words);
        out.flush();
        return answer();
    }

    /** Asks several things in one write, and waits for all the answers. */
    void askTogether(List<String[]> commands) throws IOException {
        for (String[] command : commands) {
            send(command);
        }
        out.flush();
        for (int i = 0; i < commands.size(); i++) {
            answer();
        }
    }

    private void send(String... words) throws IOException {
        write("*" + words.length + "\r\n");
        for (String word : words) {
            write("$" + word.length() + "\r\n" + word + "\r\n");
        }
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private @Nullable Object answer() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+', ':' -> rest;
            case '-' -> throw new Refused(rest);
            case '$' -> text(Integer.parseInt(rest));
            case '*' -> list(Integer.parseInt(rest));
            default -> throw new IOException("no RESP: " + line);
        };
    }

    private @Nullable String text(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length + 2);
        if (bytes.length < length + 2) {
            throw new EOFException("the server is gone");
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private @Nullable List<@Nullable Object> list(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        List<@Nullable Object> answers = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            answers.add(answer());
        }
        return answers;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server is gone");
            }
            line.append((char) next);
        }
        in.read();
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
