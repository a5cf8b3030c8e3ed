package peagen.bench.gatekeeper.api.domain;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Makes ids of runs: they sort by time, say what they are of, and no other run has them. */
public final class RunIds {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private RunIds() {}

    /** {@code 20260801-120000-bench_sort-3f2a91c05b7e}; of several with {@code -1}, {@code -2}, … behind it. */
    public static List<String> fresh(String scenario, int replicates, Instant now, RandomGenerator random) {
        byte[] digits = new byte[6];
        random.nextBytes(digits);
        String stem = TIME.format(now) + "-" + scenario + "-" + HexFormat.of().formatHex(digits);
        return replicates == 1
                ? List.of(stem)
                : IntStream.rangeClosed(1, replicates)
                        .mapToObj(number -> stem + "-" + number)
                        .toList();
    }
}
