package peagen.bench.measurement.schedule;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The fingerprint of a schedule, version 1: SHA-256 over the UTF-8 lines {@code peagen-bench schedule 1}, shape, phases, mix and
 * seed, then 16 bytes per arrival, big-endian: offset in ns (8), kind index (4), payload bytes (4). Rates are written as
 * {@link Double#toHexString}, which is exact.
 */
final class ScheduleHash {

    private static final int RECORD = 16;

    private ScheduleHash() {}

    static String of(Schedule schedule) {
        MessageDigest sha256 = sha256();
        sha256.update(description(schedule).getBytes(StandardCharsets.UTF_8));
        TaskMix mix = schedule.mix();
        byte[] bytes = new byte[RECORD * 1024];
        ByteBuffer block = ByteBuffer.wrap(bytes);
        int at = 0;
        Arrivals arrivals = schedule.arrivals();
        while (arrivals.advance()) {
            long sequence = arrivals.sequence();
            block.putLong(at, arrivals.offsetNanos());
            block.putLong(at + 8, (long) mix.kindIndex(sequence) << 32 | mix.payloadBytes(sequence));
            at += RECORD;
            if (at == bytes.length) {
                sha256.update(bytes);
                at = 0;
            }
        }
        sha256.update(bytes, 0, at);
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static String description(Schedule schedule) {
        Phases phases = schedule.phases();
        return "peagen-bench schedule 1\n%s\nphases %d %d %d\n%s\nseed %d\n"
                .formatted(
                        shape(schedule.shape()),
                        phases.warmUpSeconds(),
                        phases.steadySeconds(),
                        phases.coolDownSeconds(),
                        schedule.mix().canonical(),
                        schedule.seed());
    }

    private static String shape(LoadShape shape) {
        return switch (shape) {
            case LoadShape.Constant(TaskRate rate) -> "constant " + hex(rate);
            case LoadShape.Ramp(TaskRate from, TaskRate to) -> "ramp " + hex(from) + " " + hex(to);
            case LoadShape.Staircase(TaskRate from, TaskRate to, int steps) ->
                "staircase " + hex(from) + " " + hex(to) + " " + steps;
            case LoadShape.Burst(TaskRate base, TaskRate peak, int period, int burst) ->
                "burst " + hex(base) + " " + hex(peak) + " " + period + " " + burst;
            case LoadShape.Poisson(TaskRate mean) -> "poisson " + hex(mean);
            case LoadShape.Idle() -> "idle";
        };
    }

    private static String hex(TaskRate rate) {
        return Double.toHexString(rate.perSecond());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
