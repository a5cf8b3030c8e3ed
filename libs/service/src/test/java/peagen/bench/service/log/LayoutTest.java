package peagen.bench.service.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import peagen.bench.contract.Secret;

class LayoutTest {

    private static LoggingEvent event(Level level, String message, Throwable thrown, Object... pairs) {
        LoggingEvent event = new LoggingEvent(
                "",
                new LoggerContext().getLogger("peagen.bench.collector.Main"),
                level,
                message,
                thrown,
                new Object[0]);
        event.setInstant(Instant.parse("2025-06-01T14:05:23.120Z"));
        event.setThreadName("main");
        for (int i = 0; i < pairs.length; i += 2) {
            event.addKeyValuePair(new KeyValuePair((String) pairs[i], pairs[i + 1]));
        }
        return event;
    }

    @Test
    void writesOneReadableLine() {
        LoggingEvent event = event(
                Level.INFO,
                "entries claimed",
                null,
                "stream",
                "peagen.tasks",
                "count",
                3,
                "why",
                "idle too long",
                "no",
                "");
        assertThat(new TextLayout().doLayout(event))
                .isEqualTo("2025-06-01T14:05:23.120Z INFO  collector.Main: entries claimed"
                        + " stream=peagen.tasks count=3 why=\"idle too long\" no=\"\"\n");
    }

    @Test
    void letsNobodyForgeALineOrMoveTheCursor() {
        LoggingEvent event = event(Level.WARN, "a\nb", null, "x", "c\r\n\t\u001b[2J", "q", "say \"hi\"");
        assertThat(new TextLayout().doLayout(event))
                .isEqualTo("2025-06-01T14:05:23.120Z WARN  collector.Main: a\\nb"
                        + " x=c\\r\\n\\t\\u001b[2J q=\"say \\\"hi\\\"\"\n");
    }

    @Test
    void indentsStackTraces() {
        String text = new TextLayout().doLayout(event(Level.ERROR, "failed", new IllegalStateException("why")));
        assertThat(text.lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("    "));
        assertThat(text).contains("IllegalStateException: why");
    }

    @Test
    void coloursTheLevelOnlyWhenAsked() {
        TextLayout colourful = new TextLayout(true);
        assertThat(List.of(Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG))
                .allSatisfy(level -> assertThat(colourful.doLayout(event(level, "m", null)))
                        .contains("\u001b[")
                        .contains("\u001b[0m collector.Main"));
        assertThat(new TextLayout().doLayout(event(Level.ERROR, "m", null))).doesNotContain("\u001b");
    }

    @Test
    void keepsTheNamesOfForeignLoggers() {
        LoggingEvent event =
                new LoggingEvent("", new LoggerContext().getLogger("io.netty.x"), Level.WARN, "m", null, new Object[0]);
        assertThat(new TextLayout().doLayout(event)).contains(" WARN  io.netty.x: m");
    }

    @Test
    void writesOneJsonObjectALine() {
        LoggingEvent event = event(
                Level.INFO,
                "a\n\"b\"",
                null,
                "runId",
                "r1",
                "count",
                3,
                "bytes",
                5L,
                "share",
                0.5,
                "ok",
                true,
                "message",
                "x");
        event.addKeyValuePair(new KeyValuePair("nothing", null));
        event.addKeyValuePair(new KeyValuePair("token", new Secret("hunter2")));
        event.addKeyValuePair(new KeyValuePair("ratio", Double.NaN));
        String line = new JsonLayout().doLayout(event);
        assertThat(line).endsWith("}\n").hasLineCount(1).doesNotContain("hunter2");
        assertThat(new JsonObject(line))
                .isEqualTo(new JsonObject()
                        .put("time", "2025-06-01T14:05:23.120Z")
                        .put("level", "info")
                        .put("logger", "peagen.bench.collector.Main")
                        .put("thread", "main")
                        .put("message", "a\n\"b\"")
                        .put("runId", "r1")
                        .put("count", 3)
                        .put("bytes", 5)
                        .put("share", 0.5)
                        .put("ok", true)
                        .put("message_", "x")
                        .put("nothing", "null")
                        .put("token", "****")
                        .put("ratio", "NaN"));
    }

    @Test
    void putsStackTracesIntoTheJsonObject() {
        String line = new JsonLayout().doLayout(event(Level.ERROR, "failed", new IllegalStateException("why")));
        assertThat(line).hasLineCount(1);
        assertThat(new JsonObject(line).getString("error")).contains("IllegalStateException: why");
    }
}
