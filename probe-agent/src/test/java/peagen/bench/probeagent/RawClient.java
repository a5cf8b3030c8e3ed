package peagen.bench.probeagent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import peagen.bench.probeagent.domain.resp.Pieces;

/** A socket that sends bytes and keeps those that come back. Waits ten seconds at most. */
final class RawClient implements AutoCloseable {

    private static final String END = "\r\nend-of-script\r\n";

    private final Socket socket;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private int taken;

    RawClient(Socket socket) {
        this.socket = socket;
        try {
            socket.setSoTimeout(10_000);
            socket.setTcpNoDelay(true);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static RawClient to(int port) {
        try {
            return new RawClient(Lab.socket(port));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Socket socket() {
        return socket;
    }

    RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    RawClient send(String text) {
        return send(Pieces.bytes(text));
    }

    /** Sends, and waits until {@code answer} has come behind everything that was waited for before. */
    RawClient expect(String sent, String answer) {
        send(sent);
        int found = heardOn(answer);
        taken = found + answer.length();
        return this;
    }

    private int heardOn(String answer) {
        while (true) {
            int found = heard().indexOf(answer, taken);
            if (found >= 0) {
                return found;
            }
            if (!more()) {
                throw new AssertionError("closed behind " + heard().substring(taken));
            }
        }
    }

    /** Everything that comes back for {@code script}, up to the connection's end if that is sooner. */
    String run(String script) {
        send(script + Pieces.command("ECHO", "end-of-script"));
        while (heard().indexOf(END, taken) < 0 && more()) {}
        return rest();
    }

    /** Everything until the connection is closed. */
    String untilClosed() {
        while (more()) {}
        return rest();
    }

    private String rest() {
        String rest = heard().substring(taken);
        taken += rest.length();
        return rest;
    }

    /** Everything that was heard so far. */
    String heard() {
        return heard.toString(StandardCharsets.ISO_8859_1);
    }

    private boolean more() {
        byte[] room = new byte[1 << 16];
        try {
            int count = socket.getInputStream().read(room);
            heard.write(room, 0, Math.max(0, count));
            return count >= 0;
        } catch (SocketException reset) {
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException("behind " + heard(), failure);
        }
    }

    /** Ends what this side sends, and only that. */
    RawClient halfClose() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends the connection with a reset, as a killed machine's kernel would in the end. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
