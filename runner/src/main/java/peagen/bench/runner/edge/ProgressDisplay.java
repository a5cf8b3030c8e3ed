package peagen.bench.runner.edge;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.measurement.notation.Notation;
import peagen.bench.runner.domain.RunProgress;

/**
 * Shows how far a run is, on standard error: a bar on a terminal, elsewhere a plain line for every phase and
 * every ten seconds. Time is what is left
 * to wait for, so the bar counts seconds; the farm's rate and the collectors' lag stand beside it. Confined to the context that makes it.
 */
public final class ProgressDisplay {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final long PLAIN_LINE_SECONDS = 10;

    private final Vertx vertx;
    private final RunProgress progress;
    private final LongSupplier nowMicros;
    private final RunOutput output;
    private final int columns;
    private final long timer;
    private @Nullable ProgressBar bar;
    private long nextLine;
    private String lastPhase = "";

    /**
     * A display of {@code progress}.
     *
     * @param nowMicros about the Redis clock
     * @param columns how wide a terminal is
     */
    public ProgressDisplay(Vertx vertx, RunProgress progress, LongSupplier nowMicros, RunOutput output, int columns) {
        this.vertx = vertx;
        this.progress = progress;
        this.nowMicros = nowMicros;
        this.output = output;
        this.columns = columns;
        this.timer = vertx.setPeriodic(
                LOOK_EVERY.toMillis(), ignored -> progress.plan().ifPresent(this::show));
    }

    private void show(RunPlan plan) {
        long elapsed =
                Math.clamp((nowMicros.getAsLong() - plan.startMicros()) / 1_000_000, 0L, (long) plan.totalSeconds());
        String phase = phase(plan, elapsed);
        if (output.terminal()) {
            ProgressBar shown = bar == null ? open(plan) : bar;
            bar = shown;
            // The bar paints itself when it has stepped on: by then the words have to be there.
            shown.setExtraMessage(words(phase));
            shown.stepTo(elapsed);
            shown.refresh();
        } else if (elapsed >= nextLine || !phase.equals(lastPhase)) {
            nextLine = elapsed + PLAIN_LINE_SECONDS;
            lastPhase = phase;
            output.say("%s: %d of %d s, %s, %d s left"
                    .formatted(
                            plan.scenario(),
                            elapsed,
                            plan.totalSeconds(),
                            words(phase),
                            plan.totalSeconds() - elapsed));
        }
    }

    private ProgressBar open(RunPlan plan) {
        return new ProgressBarBuilder()
                .setTaskName(plan.scenario())
                .setInitialMax(plan.totalSeconds())
                .setUnit(" s", 1)
                .setStyle(ProgressBarStyle.ASCII)
                // Painted when there is something new and by nobody else: the library's own thread would paint half of
                // it.
                .setUpdateIntervalMillis(Integer.MAX_VALUE)
                .setConsumer(new ConsoleProgressBarConsumer(output.screen(), columns - 1))
                .build();
    }

    private static String phase(RunPlan plan, long elapsed) {
        if (elapsed < plan.warmUpSeconds()) {
            return "warm-up";
        }
        if (elapsed < plan.warmUpSeconds() + plan.steadySeconds()) {
            return "steady";
        }
        return elapsed < plan.totalSeconds() ? "cool-down" : "draining";
    }

    /** The most telling first: a narrow terminal cuts the end. */
    private String words(String phase) {
        return "%s, %s/s, lag %s, %s done, %s in the farm"
                .formatted(
                        phase,
                        Notation.number(progress.lastRate()),
                        Notation.number(progress.lagEntries()),
                        Notation.number(progress.acknowledged()),
                        Notation.number(Math.max(0, progress.enqueued() - progress.acknowledged())));
    }

    /** Shows nothing more. */
    public void close() {
        vertx.cancelTimer(timer);
        if (bar != null) {
            bar.close();
        }
    }
}
