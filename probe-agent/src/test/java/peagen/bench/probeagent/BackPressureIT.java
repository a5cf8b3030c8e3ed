package peagen.bench.probeagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.probeagent.domain.resp.Pieces;

/** Large values pass without being kept, and whoever does not read stops whoever writes. */
@SuppressWarnings("StringConcatToTextBlock") // bytes, whose line ends matter
class BackPressureIT {

    private static final int SIZE = 64 << 20;
    /** The allocator's own chunks; the agent itself keeps a few hundred kilobytes. */
    private static final long ROOM = 16L << 20;

    private final Lab lab = new Lab("enable-debug-command yes");
    private final ProbeAgent agent = lab.agent();

    @AfterEach
    void stop() {
        Lab.answerOf(agent.stop());
        lab.close();
    }

    private static long direct() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    private static byte[] chunk() {
        byte[] chunk = new byte[1 << 20];
        for (int i = 0; i < chunk.length; i++) {
            chunk[i] = (byte) (i * 31 + i / 251);
        }
        return chunk;
    }

    private static void set(RawClient client) {
        client.send("*3\r\n$3\r\nSET\r\n$3\r\nbig\r\n$" + SIZE + "\r\n");
        byte[] chunk = chunk();
        for (int sent = 0; sent < SIZE; sent += chunk.length) {
            client.send(chunk);
        }
        client.expect("\r\n", "+OK\r\n");
    }

    @Test
    void aLargeValuePassesBothWaysAndAReaderThatWaitsStopsIt() throws IOException {
        long before = direct();
        try (RawClient client = Lab.through(agent)) {
            set(client);
            assertThat(direct() - before).isLessThan(ROOM);

            client.send("GET big\r\n");
            await().during(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(direct() - before).isLessThan(ROOM));

            DataInputStream in = new DataInputStream(client.socket().getInputStream());
            byte[] head = new byte[("$" + SIZE + "\r\n").length()];
            in.readFully(head);
            assertThat(head).isEqualTo(Pieces.bytes("$" + SIZE + "\r\n"));
            CRC32 expected = new CRC32();
            CRC32 got = new CRC32();
            byte[] room = new byte[1 << 20];
            for (int read = 0; read < SIZE; read += room.length) {
                in.readFully(room);
                got.update(room);
                expected.update(chunk());
            }
            assertThat(got.getValue()).isEqualTo(expected.getValue());
            in.readFully(new byte[2]);
            client.expect("PING\r\n", "+PONG\r\n");
            assertThat(direct() - before).isLessThan(ROOM);
        }
    }

    @Test
    void aRedisThatDoesNotReadStopsTheClient() {
        long before = direct();
        try (RawClient client = Lab.through(agent);
                RawClient other = lab.direct()) {
            client.expect("PING\r\n", "+PONG\r\n");
            other.send("DEBUG SLEEP 1\r\n");
            set(client);
            assertThat(direct() - before).isLessThan(ROOM);
            other.expect("", "+OK\r\n");
        }
    }

    @Test
    void smallMessagesThatNobodyReadsDoNotPileUpEither() {
        long before = direct();
        byte[] message = new byte[200];
        Arrays.fill(message, (byte) 'x');
        try (RawClient subscriber = Lab.through(agent);
                RawClient publisher = lab.direct()) {
            subscriber.expect("SUBSCRIBE c\r\n", ":1\r\n");
            String publish = Pieces.command("PUBLISH", "c", new String(message, 0, 200, StandardCharsets.US_ASCII));
            for (int i = 0; i < 40_000; i++) {
                publisher.send(publish);
            }
            publisher.run("");
            assertThat(direct() - before).isLessThan(ROOM);
        }
    }

    @Test
    void nothingLeaksHoweverConnectionsEnd() {
        ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
        List<String> leaks = new CopyOnWriteArrayList<>();
        ResourceLeakDetector<ByteBuf> detector =
                ResourceLeakDetectorFactory.instance().newResourceLeakDetector(ByteBuf.class);
        detector.setLeakListener((type, records) -> leaks.add(type + " " + records));
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        try {
            for (int i = 0; i < 60; i++) {
                RawClient client = Lab.through(agent);
                client.send("PING\r\nSET k " + "x".repeat(10_000)
                        + "\r\nGET k\r\nXACK peagen.tasks peagen 1-0\r\n*3\r\n$4\r\nXA");
                switch (i % 3) {
                    case 0 -> client.reset();
                    case 1 -> client.halfClose().untilClosed();
                    default -> client.close();
                }
            }
            await().until(() -> agent.connections() == 0);
            try (RawClient client = Lab.through(agent)) {
                client.run("PING\r\n".repeat(5_000));
            }
        } finally {
            ResourceLeakDetector.setLevel(level);
        }
        assertThat(leaks).isEmpty();
    }
}
