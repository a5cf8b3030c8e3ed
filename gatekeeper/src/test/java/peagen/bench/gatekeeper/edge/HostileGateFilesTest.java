package peagen.bench.gatekeeper.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in a gate file: it is read or refused with its place, in bounded time. */
class HostileGateFilesTest {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final String HEAD = "name = \"own\"\nsummary = \"ours\"\nproves = \"targets\"\n";
    private static final String TARGET = """

            [[target]]
            id = "PT-3"
            title = "Queue throughput"
            metric = "queue_throughput_tpm"
            scenario = "bench_queue_rate"
            statistic = "mean"
            comparator = ">="
            limit = 10000
            unit = "tasks/min"
            """;

    @TempDir
    private Path directory;

    private GateFileException refused(byte[] content) throws IOException {
        Path file = Files.write(directory.resolve("own.toml"), content);
        Throwable thrown = assertTimeoutPreemptively(
                BOUND, () -> catchThrowable(() -> GateFiles.shipped().load(file.toString())));
        assertThat(thrown).isInstanceOf(GateFileException.class);
        GateFileException refusal = (GateFileException) thrown;
        assertThat(refusal.problems())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .startsWith(file + ":")
                        .matches("(?s).*own[.]toml:[0-9]+:[0-9]+: .+")
                        .hasSizeLessThan(2_000));
        return refusal;
    }

    private GateFileException refused(String content) throws IOException {
        return refused(content.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 5_000, 200_000})
    void deepNestingOfArraysIsRefused(int depth) throws IOException {
        assertThat(refused(HEAD + "deep = " + "[".repeat(depth) + "]".repeat(depth) + TARGET))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 5_000, 50_000})
    void deepNestingOfTablesIsRefused(int depth) throws IOException {
        assertThat(refused(HEAD + "deep = " + "{a = ".repeat(depth) + "1" + "}".repeat(depth) + TARGET))
                .isNotNull();
        assertThat(refused(HEAD + TARGET + "[" + "a.".repeat(depth) + "b]\n")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "-1e400",
                "nan",
                "-nan",
                "+inf",
                "-inf",
                "99999999999999999999",
                "-1",
                "0x8000000000000000",
                "\"ten\"",
                "1979-05-27",
                "[1]",
                "{a = 1}",
                "true"
            })
    void aLimitThatIsNoNumberIsRefused(String limit) throws IOException {
        assertThat(refused(HEAD + TARGET.replace("10000", limit)).problems())
                .anySatisfy(line -> assertThat(line).contains("own.toml:12:"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"min-window(99999999999s)", "min-window(1e9s)", "p1e5", "p99.99999", "ratio(ratio(x))"})
    void aStatisticOfHugeNumbersIsRefused(String statistic) throws IOException {
        assertThat(refused(HEAD + TARGET.replace("mean", statistic)).problems())
                .anySatisfy(line -> assertThat(line).contains("target[0].statistic: got "));
    }

    @Test
    void hugeSamplesAreRefused() throws IOException {
        assertThat(refused(HEAD + TARGET + "min-samples = 9223372036854775808\n"))
                .isNotNull();
        assertThat(refused(HEAD + TARGET + "regression = \"5 %\"\nregression-runs = 2147483648\n")
                        .problems())
                .anySatisfy(line -> assertThat(line).contains("regression-runs: got 2147483648"));
    }

    @Test
    void aFileOfMoreThanAMegabyteIsNotRead() throws IOException {
        assertThat(refused(HEAD + "# " + "x".repeat(1 << 20) + TARGET).problems())
                .singleElement()
                .asString()
                .contains("is longer than 1048576 characters");
        assertThat(refused("x".repeat(10 << 20)).problems()).hasSize(1);
    }

    @Test
    void aMegabyteOfTargetsIsRefusedForItsIdsAlone() throws IOException {
        int fitting = ((1 << 20) - HEAD.length()) / TARGET.length();
        GateFileException refusal = refused(HEAD + TARGET.repeat(fitting));

        assertThat(refusal.problems()).hasSize(fitting - 1).allMatch(line -> line.contains("is called already"));
    }

    @Test
    void manyTargetsAreRead() throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        for (int i = 0; i < 3_000; i++) {
            text.append(TARGET.replace("PT-3", "PT-3/" + i));
        }
        Path file = Files.writeString(directory.resolve("own.toml"), text);

        assertTimeoutPreemptively(
                BOUND,
                () -> assertThatNoException()
                        .isThrownBy(() -> GateFiles.shipped().load(file.toString())));
    }

    @Test
    void keysThatOccurTwiceAreRefused() throws IOException {
        assertThat(refused(HEAD + TARGET + "limit = 20000\n").problems())
                .anySatisfy(line -> assertThat(line).contains("own.toml:14:").contains("limit"));
        assertThat(refused(HEAD + "name = \"own\"\n" + TARGET).problems())
                .anySatisfy(line -> assertThat(line).contains("own.toml:4:").contains("name"));
        assertThat(refused(HEAD + TARGET + "[target]\nid = \"x\"\n")).isNotNull();
    }

    @Test
    void whatIsNoTextIsRefused() throws IOException {
        byte[] noise = new byte[100_000];
        new SplittableRandom(7).nextBytes(noise);
        assertThat(refused(noise).problems()).singleElement().asString().contains("is not text in UTF-8");
        assertThat(refused(new byte[1_000])).isNotNull();
        assertThat(refused("\uFEFF\u202E\u0000" + HEAD + TARGET)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverIsChangedInItItIsReadOrRefusedWithItsPlace(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 60; round++) {
            StringBuilder text = new StringBuilder(HEAD + TARGET + "regression = \"5 %\"\n");
            for (int change = 0; change < 1 + random.nextInt(4); change++) {
                int at = random.nextInt(text.length());
                text.setCharAt(at, "\"[]{}=.#\n%e9-".charAt(random.nextInt(13)));
            }
            Path file = Files.writeString(directory.resolve("own.toml"), text);
            Throwable thrown = assertTimeoutPreemptively(
                    BOUND, () -> catchThrowable(() -> GateFiles.shipped().load(file.toString())));
            if (thrown != null) {
                assertThat(thrown).as(text.toString()).isInstanceOf(GateFileException.class);
            }
        }
    }
}
