package peagen.bench.microbenchmarks;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import peagen.bench.streams.RedisAddress;

/**
 * As little Redis client as will do: RESP2 over a blocking socket, written and read by one thread. It keeps neither time limits
 * nor order between callers, and understands just the replies that the chain brings.
 */
final class SocketClient implements AutoCloseable {

    private static final byte[] CRLF = {'\r', '\n'};

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    SocketClient(RedisAddress address) throws IOException {
        socket = new Socket(address.host(), address.port());
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    }

    /** Puts a command into the buffer; {@link #flush} sends it. */
    void write(List<byte[]> words) throws IOException {
        length('*', words.size());
        for (byte[] word : words) {
            length('$', word.length);
            out.write(word);
            out.write(CRLF);
        }
    }

    static List<byte[]> command(String... words) {
        List<byte[]> command = new ArrayList<>(words.length + 128);
        for (String word : words) {
            command.add(word.getBytes(StandardCharsets.ISO_8859_1));
        }
        return command;
    }

    void flush() throws IOException {
        out.flush();
    }

    private void length(char sign, int length) throws IOException {
        out.write(sign);
        out.write(Integer.toString(length).getBytes(StandardCharsets.ISO_8859_1));
        out.write(CRLF);
    }

    /** Reads a reply of one word, such as an id or a count. */
    byte[] word() throws IOException {
        int sign = in.read();
        return sign == '$' ? bulk(number()) : line(sign);
    }

    private byte[] line(int sign) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            text.append((char) next);
        }
        in.read();
        if (sign != ':' && sign != '+') {
            throw new IOException("got " + (char) sign + text);
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Reads the reply of XREADGROUP on one stream; only the ids are kept. */
    List<byte[]> idsOfRead() throws IOException {
        if (array() != 1) {
            throw new IOException("nothing was read");
        }
        array();
        word();
        int entries = array();
        List<byte[]> ids = new ArrayList<>(entries);
        for (int entry = 0; entry < entries; entry++) {
            array();
            ids.add(word());
            for (int words = array(); words > 0; words--) {
                word();
            }
        }
        return ids;
    }

    private int array() throws IOException {
        int sign = in.read();
        if (sign != '*') {
            throw new IOException("got " + new String(line(sign), StandardCharsets.ISO_8859_1) + ", expected an array");
        }
        return number();
    }

    private int number() throws IOException {
        int number = 0;
        int next = in.read();
        boolean negative = next == '-';
        for (next = negative ? in.read() : next; next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            number = number * 10 + next - '0';
        }
        in.read();
        return negative ? -number : number;
    }

    private byte[] bulk(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        in.skipNBytes(2);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
