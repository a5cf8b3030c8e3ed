package peagen.bench.runner.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peagen.bench.runner.domain.RunProgress;

class ProgressDisplayTest {

    private static final long START = 1_000_000_000;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong now = new AtomicLong(START);
    private final RunProgress progress = new RunProgress("run-1");
    private final StringWriter lines = new StringWriter();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void writesALineFromTimeToTimeWhereThereIsNoTerminal() {
        progress.control(Samples.declared(START));
        ProgressDisplay display = display(false, 0);
        await().until(() ->
                lines.toString().contains("smoke: 0 of 7 s, warm-up, 0/s, lag 0, 0 done, 0 in the farm, 7 s left"));
        now.addAndGet(20_000_000);
        await().until(() -> lines.toString().contains("smoke: 7 of 7 s, draining, 0/s"));
        display.close();
        assertThat(lines.toString().lines()).hasSize(2);
        assertThat(screen.size()).isZero();
    }

    @Test
    void paintsABarAsWideAsTheTerminal() {
        progress.control(Samples.declared(START));
        ProgressDisplay display = display(true, 100);
        now.addAndGet(2_000_000);
        await().until(() -> text().contains("steady, 0/s, lag 0"));
        now.addAndGet(4_000_000);
        await().until(() -> text().contains("cool-down, 0/s, lag 0"));
        display.close();
        assertThat(text().split("[\r\n]", -1))
                .allSatisfy(line -> assertThat(line.length()).isLessThan(100));
        assertThat(text()).contains("2/7 s").endsWith(System.lineSeparator()).doesNotContain("\u001b");
        assertThat(lines.toString()).isEmpty();
    }

    @Test
    void showsNothingBeforeTheRunIsDeclared() {
        display(true, 80).close();
        assertThat(screen.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"'24 132\n', 132", "'0 0', 80", "'', 80", "'stty: not a terminal', 80", "24 9999999999, 80"})
    void asksSttyForTheWidth(String said, int columns) {
        assertThat(Screen.columns(said)).isEqualTo(columns);
        assertThat(Screen.columns()).isPositive();
    }

    private ProgressDisplay display(boolean terminal, int columns) {
        return new ProgressDisplay(
                vertx,
                progress,
                now::get,
                new RunOutput(
                        new PrintWriter(lines),
                        new PrintStream(screen, true, StandardCharsets.UTF_8),
                        terminal,
                        verdict -> {}),
                columns);
    }

    private String text() {
        return screen.toString(StandardCharsets.UTF_8);
    }
}
