package peagen.bench.measurement.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Decoded;
import peagen.bench.measurement.wire.WireWriter;

class KindCountersTest {

    private static final List<Counter> COUNTERS = List.of(Counter.values());

    private final KindCounters counters = new KindCounters();

    private static KindCounters random(long seed) {
        Random random = new Random(seed);
        KindCounters counters = new KindCounters();
        for (int i = 0; i < 2_000; i++) {
            KindCounters.Kind kind = counters.kind("kind-" + random.nextInt(20));
            counters.add(kind, COUNTERS.get(random.nextInt(COUNTERS.size())), random.nextInt(3));
        }
        return counters;
    }

    private static KindCounters merged(KindCounters... parts) {
        KindCounters sum = new KindCounters();
        for (KindCounters part : parts) {
            sum.merge(part);
        }
        return sum;
    }

    @Test
    void countsAreKeptByKind() {
        KindCounters.Kind execute = counters.kind("execute");
        counters.add(execute, Counter.CLAIMED, 2);
        counters.add(execute, Counter.COMPLETED, 1);
        counters.add(counters.kind("evaluate"), Counter.CLAIMED, 5);
        counters.kind("render");
        List<String> seen = new ArrayList<>();
        counters.forEach((kind, counter, count) -> seen.add(kind + " " + counter + " " + count));
        assertThat(seen).containsExactly("evaluate CLAIMED 5", "execute CLAIMED 2", "execute COMPLETED 1");
        assertThat(counters.names()).containsExactly("evaluate", "execute");
        assertThat(counters.get("execute", Counter.CLAIMED)).isEqualTo(2);
        assertThat(counters.get("render", Counter.CLAIMED)).isZero();
        assertThat(counters.get("mutate", Counter.CLAIMED)).isZero();
        assertThat(counters.toString()).isEqualTo("KindCounters[evaluate, execute]");
    }

    @Test
    void aKindStaysUsableOverAReset() {
        KindCounters.Kind execute = counters.kind("execute");
        counters.add(execute, Counter.CLAIMED, 2);
        counters.reset();
        assertThat(counters.isEmpty()).isTrue();
        assertThat(counters.encode()).isEqualTo(new KindCounters().encode());
        counters.add(execute, Counter.CLAIMED, 1);
        assertThat(counters.get("execute", Counter.CLAIMED)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void mergingIsCommutativeAndAssociativeAndLeavesTheOtherAlone(long seed) {
        KindCounters a = random(seed);
        KindCounters b = random(seed + 100);
        KindCounters c = random(seed + 200);
        byte[] before = b.encode();
        assertThat(merged(a, b)).isEqualTo(merged(b, a)).hasSameHashCodeAs(merged(b, a));
        assertThat(merged(merged(a, b), c)).isEqualTo(merged(a, merged(b, c)));
        assertThat(merged(a)).isEqualTo(a).isNotEqualTo(b);
        assertThat(b.encode()).isEqualTo(before);
    }

    @Test
    void whatWasWrittenIsRead() {
        KindCounters written = random(1);
        assertThat(KindCounters.decode(written.encode())).isEqualTo(new Decoded.Known<>(written));
        assertThat(KindCounters.decode(counters.encode())).isEqualTo(new Decoded.Known<>(counters));
    }

    @Test
    void everyTruncationIsMalformedAndAnotherVersionUnsupported() {
        byte[] wire = random(1).encode();
        for (int length = 0; length < wire.length; length++) {
            assertThat(KindCounters.decode(Arrays.copyOf(wire, length))).isInstanceOf(Decoded.Malformed.class);
        }
        wire[0] = 9;
        assertThat(KindCounters.decode(wire)).isEqualTo(new Decoded.Unsupported<>("kind counters", "9"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void damagedBytesNeverRaise(long seed) {
        Random random = new Random(seed);
        byte[] wire = random(1).encode();
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = wire.clone();
            damaged[random.nextInt(wire.length)] = (byte) random.nextInt();
            byte[] any = new byte[random.nextInt(60) + 1];
            random.nextBytes(any);
            any[0] = 1;
            assertThatCode(() -> {
                        KindCounters.decode(damaged);
                        KindCounters.decode(any);
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void moreKindsThanARunMayHaveAreMalformed() {
        for (int kind = 0; kind <= KindCounters.MAX_KINDS; kind++) {
            counters.add(counters.kind("kind-" + kind), Counter.CLAIMED, 1);
        }
        assertThat(KindCounters.decode(counters.encode()).problem()).isEqualTo("kind counters: 257 kinds");
    }

    @Test
    void kindsThatDoNotAscendAreMalformed() {
        WireWriter out = new WireWriter(1).unsigned(2);
        for (int kind = 0; kind < 2; kind++) {
            out.text("execute");
            COUNTERS.forEach(counter -> out.unsigned(1));
        }
        assertThat(KindCounters.decode(out.toByteArray()).problem()).contains("not ascending");
        assertThat(KindCounters.decode(new WireWriter(1).unsigned(1L << 40).toByteArray())
                        .problem())
                .contains("items in 0 bytes");
    }
}
