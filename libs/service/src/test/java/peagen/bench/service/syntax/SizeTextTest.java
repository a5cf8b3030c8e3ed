package peagen.bench.service.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "4096B, 4096",
        "1KiB, 1024",
        "64MiB, 67108864",
        "64 MiB, 67108864",
        "3GiB, 3221225472",
        "1TiB, 1099511627776",
        "9223372036854775807, 9223372036854775807"
    })
    void readsBytesAndPowersOf1024(String text, long bytes) {
        assertThat(SizeText.parse(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "MiB", "-1", "1.5MiB", "64M", "64MB", "64mib", "9223372036854775808", "8388608TiB", "1KiB2"})
    void takesNothingElseForASize(String text) {
        assertThat(SizeText.parse(text)).isEmpty();
    }

    @Test
    void writesWhatItReads() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long bytes = (random.nextLong() >>> 1) >>> random.nextInt(63);
            long unit = 1L << (10 * random.nextInt(5));
            long aligned = bytes - bytes % unit;
            assertThat(SizeText.parse(SizeText.format(bytes))).contains(bytes);
            assertThat(SizeText.parse(SizeText.format(aligned))).contains(aligned);
        }
        assertThat(SizeText.format(64L << 20)).isEqualTo("64MiB");
        assertThat(SizeText.format(0)).isEqualTo("0B");
    }

    @Test
    void aSettingHasBoundsAndSaysThem() {
        Syntax<Long> size = Syntax.size(64 << 10, 1L << 40);
        assertThat(size.read(" 64KiB ")).contains(65_536L);
        assertThat(size.read("63KiB")).isEmpty();
        assertThat(size.rejection("64M"))
                .isEqualTo("got '64M', expected a size from 64KiB to 1TiB, such as 512KiB or 64MiB");
    }
}
