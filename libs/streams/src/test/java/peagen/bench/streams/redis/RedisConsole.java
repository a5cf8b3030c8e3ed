package peagen.bench.streams.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import peagen.bench.streams.RedisAddress;

/** Types commands into a server, as with redis-cli. */
public final class RedisConsole {

    private RedisConsole() {}

    /** Sends one inline command and answers the first line of the reply. */
    public static String tell(RedisAddress address, String command) {
        try (Socket socket = new Socket(address.host(), address.port())) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** One field of INFO. */
    public static String info(RedisAddress address, String section, String field) {
        try (Socket socket = new Socket(address.host(), address.port())) {
            socket.getOutputStream().write(("INFO " + section + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(field + ":"))
                    .map(line -> line.substring(field.length() + 1))
                    .findFirst()
                    .orElse("");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
