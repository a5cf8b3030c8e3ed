package peagen.bench.streams.redis;

import java.io.IOException;

/** A program with an embedded server that waits to be killed: says the server's port and directory in one line. */
final class KilledOutright {

    private KilledOutright() {}

    public static void main(String[] args) throws IOException {
        EmbeddedRedis server = EmbeddedRedis.start();
        System.out.println(server.address().port() + " " + server.directory());
        if (System.in.read() >= 0) {
            server.close();
        }
    }
}
