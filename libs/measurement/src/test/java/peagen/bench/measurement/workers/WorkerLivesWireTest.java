package peagen.bench.measurement.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.event.WorkersSeen;
import peagen.bench.contract.event.WorkersSeen.Moment;
import peagen.bench.measurement.wire.WireWriter;

class WorkerLivesWireTest {

    private static WorkerLives sample() {
        WorkerLives lives = new WorkerLives();
        WorkerLivesTest.history(new Random(1)).forEach(step -> step.applyTo(lives));
        return lives;
    }

    @Test
    void whatWasWrittenIsRead() {
        WorkerLives lives = sample();
        lives.seen("", "", Moment.STOPPED, 0);
        lives.seen("a\uD83D\uDE00", "cpu", Moment.STARTED, Long.MAX_VALUE);
        lives.seen("a\uD83D\uDE01", "cpu", Moment.STARTED, 0);
        lives.seen("é".repeat(WorkersSeen.MAX_NAME_CHARS), "x", Moment.FIRST_CLAIM, 7);
        assertThat(WorkerLives.decode(lives.encode())).isEqualTo(new Decoded.Known<>(lives));
        assertThat(WorkerLives.decode(new WorkerLives().encode())).isEqualTo(new Decoded.Known<>(new WorkerLives()));
    }

    @Test
    void whatWasNotKeptIsRead() {
        WorkerLives lives = new WorkerLives(5);
        WorkerLivesTest.history(new Random(1)).forEach(step -> step.applyTo(lives));
        assertThat(lives.size()).isEqualTo(5);
        assertThat(lives.unkept()).isPositive();
        assertThat(WorkerLives.decode(lives.encode())).isEqualTo(new Decoded.Known<>(lives));
    }

    @Test
    void aWorkerTakesFewBytes() {
        WorkerLives lives = new WorkerLives();
        for (int worker = 0; worker < 1_000; worker++) {
            String name = "consumer-" + Integer.toHexString(0x10_0000 + worker * 977);
            long start = WorkerLivesTest.START + worker * 1_000L;
            lives.seen(name, "cpu", Moment.STARTED, start);
            lives.seen(name, "cpu", Moment.FIRST_CLAIM, start + 1_500_000);
            lives.seen(name, "cpu", Moment.STOPPED, start + 600_000_000);
        }
        assertThat(lives.encode().length).isLessThan(25_000);
    }

    @Test
    void everyTruncationIsMalformedAndAnotherVersionUnsupported() {
        byte[] wire = sample().encode();
        for (int length = 0; length < wire.length; length++) {
            assertThat(WorkerLives.decode(Arrays.copyOf(wire, length))).isInstanceOf(Decoded.Malformed.class);
        }
        wire[0] = 9;
        assertThat(WorkerLives.decode(wire)).isEqualTo(new Decoded.Unsupported<>("worker lives", "9"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damagedBytesNeverRaiseAndWhatIsReadIsSound(long seed) {
        Random random = new Random(seed);
        byte[] wire = sample().encode();
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = wire.clone();
            damaged[random.nextInt(wire.length)] = (byte) random.nextInt();
            byte[] any = new byte[random.nextInt(60) + 1];
            random.nextBytes(any);
            any[0] = 1;
            assertThatCode(() -> {
                        WorkerLives.decode(any);
                        if (WorkerLives.decode(damaged) instanceof Decoded.Known<WorkerLives>(WorkerLives read)) {
                            assertThat(WorkerLives.decode(read.encode())).isEqualTo(new Decoded.Known<>(read));
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }

    private static String problem(WireWriter wire) {
        return WorkerLives.decode(wire.toByteArray()).problem();
    }

    private static WireWriter one() {
        return new WireWriter(1).unsigned(0).unsigned(1).text("cpu").unsigned(1);
    }

    @Test
    void whatCannotBeIsMalformed() {
        assertThat(problem(new WireWriter(1).unsigned(0).unsigned(1).text("a b")))
                .contains("no worker class");
        assertThat(problem(new WireWriter(1).unsigned(0).unsigned(2).text("cpu").text("cpu")))
                .contains("classes are not ascending");
        assertThat(problem(new WireWriter(1).unsigned(0).unsigned(0).unsigned(1L << 40)))
                .contains("items in 0 bytes");
        byte[] many = Arrays.copyOf(
                new WireWriter(1).unsigned(0).unsigned(0).unsigned(65_537).toByteArray(), 500_000);
        assertThat(WorkerLives.decode(many).problem()).contains("65537 workers");
        byte[] rest = new byte[300];
        Arrays.fill(rest, (byte) 'x');
        assertThat(problem(one().unsigned(1).bytes(rest, 9))).contains("shares 1 of 0 characters");
        assertThat(problem(one().unsigned(0).bytes(rest, 300))).contains("a name of 300 characters");
        assertThat(problem(one().unsigned(0)
                        .text("a")
                        .unsigned(1)
                        .unsigned(0)
                        .unsigned(0)
                        .unsigned(0)))
                .contains("class 1 of 1");
        assertThat(problem(one().unsigned(0)
                        .text("a")
                        .unsigned(0)
                        .unsigned(8)
                        .unsigned(0)
                        .unsigned(0)))
                .contains("unknown times");
        assertThat(problem(one().unsigned(0)
                        .text("a")
                        .unsigned(0)
                        .unsigned(1)
                        .signed(-1)
                        .unsigned(0)
                        .unsigned(0)))
                .contains("a negative time");
    }

    @Test
    void workersThatDoNotAscendAreMalformed() {
        WireWriter twice = new WireWriter(1).unsigned(0).unsigned(1).text("cpu").unsigned(2);
        for (int worker = 0; worker < 2; worker++) {
            twice.unsigned(0).text("a").unsigned(0).unsigned(0).unsigned(1).unsigned(1);
        }
        assertThat(problem(twice)).contains("workers are not ascending");
    }
}
