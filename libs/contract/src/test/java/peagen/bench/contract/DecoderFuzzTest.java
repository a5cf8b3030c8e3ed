package peagen.bench.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Examples.Example;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.contract.task.ResultEnvelope;
import peagen.bench.contract.task.ResultJson;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskJson;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;

/** Foreign bytes never raise, and what is taken for known can be written and read again. Seeded, so it repeats. */
class DecoderFuzzTest {

    private static final int ROUNDS = 400;

    static final List<Function<byte[], Decoded<?>>> JSON_DECODERS =
            List.of(TaskJson::read, ResultJson::read, VerdictJson::read);

    static List<Example> examples() {
        return Examples.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void survivesEveryTruncationOfEveryField(Example example) {
        forEachField(
                example,
                value -> Stream.iterate(0, length -> length < value.length, length -> length + 1)
                        .map(length -> Arrays.copyOf(value, length)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void survivesChangedBytes(Example example) {
        Random random = new Random(17);
        forEachField(
                example, value -> Stream.generate(() -> changed(value, random)).limit(value.length == 0 ? 0 : ROUNDS));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void survivesInsertedAndRepeatedBytes(Example example) {
        Random random = new Random(19);
        forEachField(
                example, value -> Stream.generate(() -> spliced(value, random)).limit(ROUNDS / 2));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void survivesArbitraryBytes(Example example) {
        Random random = new Random(23);
        forEachField(
                example,
                value -> Stream.generate(() -> {
                            byte[] any = new byte[random.nextInt(80)];
                            random.nextBytes(any);
                            return any;
                        })
                        .limit(ROUNDS / 2));
        assertSound(example.decoder().apply(Fields.builder().build()));
    }

    @ParameterizedTest
    @FieldSource("JSON_DECODERS")
    void survivesDeepNesting(Function<byte[], Decoded<?>> decoder) {
        for (String open :
                List.of("[", "{\"a\":", "{\"payload\":", "{\"data\":{\"a\":[", "{\"payload\":{\"bench\":{\"run\":[")) {
            assertThat(decoder.apply(utf8(open.repeat(200_000)))).isInstanceOf(Decoded.Malformed.class);
        }
        assertThat(decoder.apply(utf8("{\"payload\":{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}}")))
                .isInstanceOf(Decoded.Malformed.class);
    }

    @ParameterizedTest
    @FieldSource("JSON_DECODERS")
    void survivesHugeNumbersAndWhatIsNone(Function<byte[], Decoded<?>> decoder) {
        String digits = "9".repeat(100_000);
        for (String number :
                List.of(digits, "-" + digits, "0." + digits, "1e" + digits, "1e-999999999", "NaN", "-Infinity")) {
            for (String key : List.of("attempts", "schema_v", "schemaVersion", "seed", "payload", "x")) {
                assertThat(decoder.apply(utf8("{\"" + key + "\":" + number + "}")))
                        .isInstanceOf(Decoded.Malformed.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE", "UTF-32"})
    void jsonIsUtf8AndNothingElse(String charset) {
        for (Decoded<?> decoded : List.of(
                TaskJson.read(recoded(Examples.taggedTask(), charset)),
                ResultJson.read(recoded(ResultJson.write(Examples.result()), charset)),
                VerdictJson.read(recoded(utf8(VerdictJson.pretty(Examples.verdict())), charset)))) {
            assertThat(decoded).isInstanceOf(Decoded.Malformed.class);
        }
    }

    @Test
    void aByteOrderMarkIsNoPartOfATask() {
        byte[] marked = utf8("\uFEFF" + new String(Examples.taggedTask(), StandardCharsets.UTF_8));

        Decoded<TaskEnvelope> decoded = TaskJson.read(marked);

        assertThat(decoded).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void bytesThatAreNoUtf8AreRefusedOrHandedOnUnchanged() {
        byte[][] unsound = {
            {(byte) 0xff}, {(byte) 0xc0, (byte) 0x80}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, {(byte) 0xe2}
        };
        String task = new String(Examples.taggedTask(), StandardCharsets.UTF_8);
        for (byte[] bytes : unsound) {
            for (String place : List.of("xxxx", "execute", "steady", "cpu", "padding")) {
                int at = task.indexOf(place);
                byte[] json = concat(utf8(task.substring(0, at)), bytes, utf8(task.substring(at)));

                if (TaskJson.read(json) instanceof Decoded.Known<TaskEnvelope>(TaskEnvelope known)
                        && place.equals("xxxx")) {
                    assertThat(TaskJson.write(known)).isEqualTo(json);
                }
            }
        }
    }

    @Test
    void aHostileTaskMakesTheReaderAllocateLittleMoreThanItsOwnSize() {
        byte[] nested = utf8("{\"payload\":" + "[".repeat(1_000_000));
        byte[] keys =
                utf8(new String(Examples.taggedTask(), StandardCharsets.UTF_8).replace("xxxx", "y".repeat(1_000_000)));
        TaskJson.read(nested);
        TaskJson.read(keys);

        assertThat(allocatedBy(() -> TaskJson.read(nested))).isLessThan(1_000_000);
        assertThat(allocatedBy(() -> TaskJson.read(keys))).isLessThan(2_000_000);
    }

    private static void forEachField(Example example, Function<byte[], Stream<byte[]>> variants) {
        for (int i = 0; i < example.fields().size(); i++) {
            String name = example.fields().name(i);
            variants.apply(example.fields().value(i)).forEach(value -> {
                Fields edited = FieldEdits.with(example.fields(), name, value);
                try {
                    assertSound(example.decoder().apply(edited));
                } catch (RuntimeException raised) {
                    throw new AssertionError("field '" + name + "' of\n" + GoldenFile.format(edited), raised);
                }
            });
        }
    }

    private static void assertSound(Decoded<?> decoded) {
        switch (decoded) {
            case Decoded.Known<?>(Object value) -> assertThat(again(value)).isEqualTo(decoded);
            case Decoded.Unsupported<?> unsupported ->
                assertThat(unsupported.type()).hasSizeLessThan(400);
            case Decoded.Malformed<?>(String reason) ->
                assertThat(reason).isNotBlank().hasSizeLessThan(400);
        }
    }

    private static Decoded<?> again(Object value) {
        return switch (value) {
            case RunEvent event -> RunEvents.decode(RunEvents.encode(event));
            case TaskEvent event -> TaskEvents.decode(TaskEvents.encode(event));
            case MetricsDelta delta -> MetricsDelta.decode(delta.encode());
            case Verdict verdict -> VerdictJson.decode(VerdictJson.entry(verdict));
            case TaskEnvelope task -> TaskJson.read(TaskJson.write(task));
            case ResultEnvelope result -> ResultJson.read(ResultJson.write(result));
            default -> throw new AssertionError("no codec for " + value.getClass());
        };
    }

    private static byte[] changed(byte[] value, Random random) {
        byte[] changed = value.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(changed.length);
            changed[at] = (byte) (random.nextBoolean() ? changed[at] ^ (1 << random.nextInt(8)) : random.nextInt(256));
        }
        return changed;
    }

    private static byte[] spliced(byte[] value, Random random) {
        int cut = random.nextInt(value.length + 1);
        byte[] middle = new byte[random.nextInt(6)];
        random.nextBytes(middle);
        int from = random.nextBoolean() ? cut : random.nextInt(value.length + 1);
        return concat(Arrays.copyOf(value, cut), middle, Arrays.copyOfRange(value, from, value.length));
    }

    private static byte[] concat(byte[]... parts) {
        byte[] whole = new byte[Stream.of(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

    private static byte[] recoded(byte[] json, String charset) {
        return new String(json, StandardCharsets.UTF_8).getBytes(Charset.forName(charset));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static long allocatedBy(Runnable work) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
