package peagen.bench.runner.edge;

import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.runner.domain.RunProgress;

/**
 * Shows how far a run is, on standard error: a bar on a terminal, a plain line every few seconds elsewhere. Time is what is left
 * to wait for, so the bar counts seconds; rate and lag stand beside it. Confined to the context that makes it.
 */
public final class ProgressDisplay {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final long PLAIN_LINE_SECONDS = 10;

    private final Vertx vertx;
    private final RunProgress progress;
    private final LongSupplier nowMicros;
    private final PrintStream err;
    private final boolean terminal;
    private final long timer;
    private @Nullable ProgressBar bar;
    private long nextLine;

    /** A display of {@code progress}; {@code nowMicros} is about the Redis clock. */
    public ProgressDisplay(
            Vertx vertx, RunProgress progress, LongSupplier nowMicros, PrintStream err, boolean terminal) {
        this.vertx = vertx;
        this.progress = progress;
        this.nowMicros = nowMicros;
        this.err = err;
        this.terminal = terminal;
        this.timer = vertx.setPeriodic(LOOK_EVERY.toMillis(), ignored -> progress.plan().ifPresent(this::show));
    }

    private void show(RunPlan plan) {
        long elapsed = Math.clamp(
                (nowMicros.getAsLong() - plan.startMicros()) / 1_000_000, 0L, (long) plan.totalSeconds());
        if (terminal) {
            ProgressBar shown = bar == null ? open(plan) : bar;
            bar = shown;
            shown.stepTo(elapsed);
            shown.setExtraMessage(words(plan, elapsed));
        } else if (elapsed >= nextLine) {
            nextLine = elapsed + PLAIN_LINE_SECONDS;
            err.printf(
                    Locale.ROOT,
                    "%s: %3d of %d s, %s, %d s left%n",
                    plan.scenario(),
                    elapsed,
                    plan.totalSeconds(),
                    words(plan, elapsed),
                    plan.totalSeconds() - elapsed);
        }
    }

    private ProgressBar open(RunPlan plan) {
        return new ProgressBarBuilder()
                .setTaskName(plan.scenario())
                .setInitialMax(plan.totalSeconds())
                .setUnit(" s", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis((int) LOOK_EVERY.toMillis())
                .setConsumer(new ConsoleProgressBarConsumer(err))
                .build();
    }

    private String words(RunPlan plan, long elapsed) {
        String phase = elapsed < plan.warmUpSeconds()
                ? "warm-up"
                : elapsed < plan.warmUpSeconds() + plan.steadySeconds()
                        ? "steady"
                        : elapsed < plan.totalSeconds() ? "cool-down" : "draining";
        return String.format(
                Locale.ROOT,
                "%s, %,d tasks, %,d/s, %,d in the farm, collector lag %,d",
                phase,
                progress.acknowledged(),
                progress.lastRate(),
                Math.max(0, progress.enqueued() - progress.acknowledged()),
                progress.lagEntries());
    }

    /** Shows nothing more. */
    public void close() {
        vertx.cancelTimer(timer);
        if (bar != null) {
            bar.close();
        }
    }
}
