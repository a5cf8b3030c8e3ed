package peagen.bench.gatekeeper.webhook.domain;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;

/** Verdicts to tell: ordinary ones, and such as nobody should have to read. */
public final class Verdicts {

    private static final String[] NASTY = {
        "a",
        "\"",
        "\\",
        "\n",
        "\u0000",
        "\u001f",
        "\u007f",
        "é",
        "…",
        "\u2028",
        "漢",
        "\ud83d\ude00",
        "\ud83d",
        "\ude00",
        "</script>"
    };

    private static final List<VerdictState> STATES = List.of(VerdictState.values());

    private Verdicts() {}

    /** A run that came out as {@code state}, with one target. */
    public static Verdict of(String runId, VerdictState state) {
        Verdict.Target target = new Verdict.Target(
                "PT-3",
                "queue_throughput_tpm",
                state,
                9000.5,
                10_000,
                ">=",
                "tasks/min",
                2000,
                "absolute",
                "9000.5 tasks/min is below 10000");
        return of(runId, state, List.of("PT-3: 9000.5 tasks/min, limit 10000"), List.of(target));
    }

    /** A run with these reasons and targets. */
    public static Verdict of(String runId, VerdictState state, List<String> reasons, List<Verdict.Target> targets) {
        return new Verdict(
                1,
                1,
                runId,
                "smoke",
                "DEV-STUB",
                "v1.0",
                42,
                "00ff",
                state,
                state.exitCode(),
                reasons,
                targets,
                new Verdict.Ledger(2000, 1990, 5, 2, 3, 1, 0, 0),
                new Verdict.Harness(900, 4100, 12, 250, 0),
                Map.of(),
                new Verdict.Throughput(9000.5, null, 60));
    }

    /** Any texts, any numbers, any sizes: everything that the record takes. */
    public static Verdict hostile(Random random) {
        int longest = 1 << random.nextInt(14);
        List<Verdict.Target> targets = IntStream.range(0, random.nextInt(1 << random.nextInt(10)))
                .mapToObj(each -> new Verdict.Target(
                        text(random, longest),
                        text(random, longest),
                        STATES.get(random.nextInt(STATES.size())),
                        random.nextBoolean() ? null : number(random),
                        number(random),
                        text(random, longest),
                        text(random, longest),
                        random.nextLong(),
                        text(random, longest),
                        text(random, longest)))
                .toList();
        return new Verdict(
                1,
                random.nextInt(),
                text(random, longest),
                text(random, longest),
                text(random, longest),
                text(random, longest),
                random.nextLong(),
                text(random, longest),
                VerdictState.FAIL,
                1,
                Stream.generate(() -> text(random, longest))
                        .limit(random.nextInt(200))
                        .toList(),
                targets,
                new Verdict.Ledger(Long.MAX_VALUE, Long.MIN_VALUE, -1, -1, -1, -1, -1, Long.MIN_VALUE),
                new Verdict.Harness(1, 1, 1, 1, 1),
                Map.of(),
                new Verdict.Throughput(1, null, 60));
    }

    private static double number(Random random) {
        double any = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(any) ? any : -Double.MAX_VALUE;
    }

    private static String text(Random random, int longest) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(longest + 1);
        boolean oneKind = random.nextBoolean();
        String kind = NASTY[random.nextInt(NASTY.length)];
        while (text.length() < length) {
            text.append(oneKind ? kind : NASTY[random.nextInt(NASTY.length)]);
        }
        return text.toString();
    }
}
