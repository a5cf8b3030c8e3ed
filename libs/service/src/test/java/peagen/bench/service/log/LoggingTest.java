package peagen.bench.service.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.settings.SettingsSpec;

class LoggingTest {

    private final AtomicBoolean closed = new AtomicBoolean();
    private final ByteArrayOutputStream target = new ByteArrayOutputStream() {
        @Override
        public void close() {
            closed.set(true);
        }
    };

    @AfterEach
    void leaveTheProcessQuiet() {
        System.clearProperty("logback.configurationFile");
        Logging.configure(LogLevel.WARN, LogFormat.TEXT, Map.of(), System.err);
    }

    private String written() {
        return target.toString(StandardCharsets.UTF_8);
    }

    @Test
    void logsAsTheSettingsSay() {
        Settings settings = Settings.of(
                SettingsSpec.of("x", "x").with(Logging.LEVEL, Logging.FORMAT),
                "--log-level=debug",
                "--log-format=json");
        Logging.configure(settings, Map.of(), target);
        LoggerFactory.getLogger("peagen.bench.x")
                .atDebug()
                .addKeyValue("runId", "r1")
                .log("grüße");
        assertThat(written()).startsWith("{").contains("\"message\":\"grüße\"", "\"runId\":\"r1\"");
    }

    @ParameterizedTest
    @CsvSource({
        "TRACE, true, true",
        "DEBUG, true, false",
        "INFO, false, false",
        "WARN, false, false",
        "OFF, false, false"
    })
    void letsLibrariesSayLessThanUs(LogLevel level, boolean ownDebug, boolean libraryDebug) {
        Logging.configure(level, LogFormat.TEXT, Map.of(), target);
        LoggerFactory.getLogger("peagen.bench.x").debug("own");
        LoggerFactory.getLogger("io.netty.x").debug("library");
        assertThat(written().contains("own")).isEqualTo(ownDebug);
        assertThat(written().contains("library")).isEqualTo(libraryDebug);
    }

    @Test
    void hidesTheWarningsOfLibrariesWhenOnlyErrorsAreWanted() {
        Logging.configure(LogLevel.ERROR, LogFormat.TEXT, Map.of(), target);
        LoggerFactory.getLogger("io.netty.x").warn("library");
        LoggerFactory.getLogger("peagen.bench.x").warn("own");
        assertThat(written()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TRACE, true", "DEBUG, false", "INFO, false", "ERROR, false"})
    void leavesItToTheCallerToSayThatAConnectionFailed(LogLevel level, boolean said) {
        Logging.configure(level, LogFormat.TEXT, Map.of(), target);
        LoggerFactory.getLogger("io.vertx.redis.client.impl.RedisConnectionManager")
                .error("Unhandled Error");
        assertThat(written().contains("Unhandled Error")).isEqualTo(said);
    }

    @Test
    void neverClosesTheStreamItWasLent() {
        Logging.configure(LogLevel.INFO, LogFormat.TEXT, Map.of(), target);
        Logging.configure(LogLevel.INFO, LogFormat.TEXT, Map.of(), target);
        LoggerFactory.getLogger("peagen.bench.x").info("once");
        assertThat(closed).isFalse();
        assertThat(written()).containsOnlyOnce("once");
    }

    @Test
    void leavesAConfigurationAloneThatTheUserChose() {
        Logging.configure(LogLevel.WARN, LogFormat.TEXT, Map.of(), target);
        System.setProperty("logback.configurationFile", "mine.xml");
        Logging.configure(LogLevel.DEBUG, LogFormat.TEXT, Map.of(), target);
        LoggerFactory.getLogger("peagen.bench.x").debug("debug");
        assertThat(written()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO, true, false, JSON",
        "AUTO, true, true, TEXT",
        "AUTO, false, false, TEXT",
        "TEXT, true, false, TEXT",
        "JSON, false, true, JSON"
    })
    void choosesTheFormatByWhoReads(LogFormat wanted, boolean container, boolean terminal, LogFormat chosen) {
        Surroundings surroundings = new Surroundings(container, terminal, true);
        assertThat(surroundings.resolve(wanted)).isEqualTo(chosen);
        assertThat(Logging.layout(wanted, surroundings))
                .isInstanceOf(chosen == LogFormat.JSON ? JsonLayout.class : TextLayout.class);
    }

    @Test
    void knowsAPodByItsEnvironment() {
        assertThat(Surroundings.detect(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"))
                        .container())
                .isTrue();
    }

    @Test
    void onlyWarnsUntilItIsConfigured() {
        LoggerContext fresh = new LoggerContext();
        Logging.apply(fresh, LogLevel.INFO, new TextLayout(), target);
        assertThat(fresh.getLogger(Logger.ROOT_LOGGER_NAME).getLevel().toString())
                .isEqualTo("WARN");
        assertThat(getClass().getResource("/logback.xml")).isNotNull();
    }
}
