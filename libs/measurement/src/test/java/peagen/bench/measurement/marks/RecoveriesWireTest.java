package peagen.bench.measurement.marks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.event.FaultsMarked.FaultKind;
import peagen.bench.measurement.wire.WireWriter;

class RecoveriesWireTest {

    private static Recoveries sample() {
        Recoveries recoveries = new Recoveries();
        RecoveriesTest.history(new Random(1)).forEach(step -> step.applyTo(recoveries));
        return recoveries;
    }

    @Test
    void whatWasWrittenIsRead() {
        Recoveries recoveries = sample();
        recoveries.fault(Long.MAX_VALUE, FaultKind.OTHER, Long.MAX_VALUE, 0xffff_ffffL);
        recoveries.ended(0xffff_fffeL, Integer.MAX_VALUE, 0);
        assertThat(Recoveries.decode(recoveries.encode())).isEqualTo(new Decoded.Known<>(recoveries));
        assertThat(Recoveries.decode(new Recoveries().encode())).isEqualTo(new Decoded.Known<>(new Recoveries()));
    }

    @Test
    void aTaskTakesFewBytes() {
        Recoveries recoveries = new Recoveries();
        for (int task = 0; task < 10_000; task++) {
            recoveries.orphaned(task * 3L, RecoveriesTest.START + task * 70L);
            recoveries.ended(task * 3L, 2, RecoveriesTest.START + 60_000_000 + task * 65L);
        }
        assertThat(recoveries.encode().length).isLessThan(150_000);
    }

    @Test
    void everyTruncationIsMalformedAndAnotherVersionUnsupported() {
        byte[] wire = sample().encode();
        for (int length = 0; length < wire.length; length++) {
            assertThat(Recoveries.decode(Arrays.copyOf(wire, length))).isInstanceOf(Decoded.Malformed.class);
        }
        wire[0] = 9;
        assertThat(Recoveries.decode(wire)).isEqualTo(new Decoded.Unsupported<>("recoveries", "9"));
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
                        Recoveries.decode(any);
                        if (Recoveries.decode(damaged) instanceof Decoded.Known<Recoveries>(Recoveries read)) {
                            assertThat(Recoveries.decode(read.encode())).isEqualTo(new Decoded.Known<>(read));
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }

    private static String problem(WireWriter wire) {
        return Recoveries.decode(wire.toByteArray()).problem();
    }

    private static WireWriter tasks(long count) {
        return new WireWriter(1).unsigned(0).unsigned(count);
    }

    private static WireWriter faults(long count) {
        return tasks(0).unsigned(0).unsigned(count);
    }

    @Test
    void tasksThatCannotBeAreMalformed() {
        assertThat(problem(tasks(1L << 40))).contains("items in 0 bytes");
        assertThat(Recoveries.decode(Arrays.copyOf(tasks(100_001).toByteArray(), 400_000))
                        .problem())
                .contains("100001 tasks");
        assertThat(problem(tasks(1).unsigned(0).unsigned(0).unsigned(1).unsigned(0)))
                .contains("not ascending");
        assertThat(problem(tasks(1).unsigned(1L << 33).unsigned(0).unsigned(1))).contains("out of range");
        assertThat(problem(tasks(1).unsigned(1).unsigned(8).unsigned(1))).contains("unknown times");
        assertThat(problem(tasks(1).unsigned(1).unsigned(2).signed(-1).unsigned(1)))
                .contains("a negative time");
        assertThat(problem(tasks(1).unsigned(1).unsigned(4).signed(1).unsigned(1L << 31)))
                .contains("delivery 2147483648");
    }

    @Test
    void faultsThatCannotBeAreMalformed() {
        assertThat(Recoveries.decode(Arrays.copyOf(faults(4_097).toByteArray(), 40_000))
                        .problem())
                .contains("4097 faults");
        assertThat(problem(faults(1).unsigned(1).unsigned(4).signed(1).unsigned(1)))
                .contains("unknown kind of fault");
        assertThat(problem(faults(2)
                        .unsigned(Long.MAX_VALUE)
                        .unsigned(0)
                        .signed(1)
                        .unsigned(1)
                        .unsigned(Long.MAX_VALUE)
                        .unsigned(0)
                        .signed(1)
                        .unsigned(1)))
                .contains("not ascending");
    }
}
