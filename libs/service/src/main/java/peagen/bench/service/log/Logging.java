package peagen.bench.service.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.service.settings.Setting;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.syntax.Syntax;

/**
 * Sets up logging for the whole process. Until {@link #configure} is called, warnings alone go to standard error. Whoever starts
 * the JVM with {@code -Dlogback.configurationFile=…} has decided for themselves: then nothing is changed.
 */
public final class Logging {

    /** {@code --log-level}, {@code BENCH_LOG_LEVEL}. */
    public static final Setting<LogLevel> LEVEL = Setting.of(
                    "log-level",
                    "how much is logged; libraries only warn unless it is trace",
                    Syntax.choice(LogLevel.class))
            .defaultsTo(LogLevel.INFO);

    /** {@code --log-format}, {@code BENCH_LOG_FORMAT}. */
    public static final Setting<LogFormat> FORMAT = Setting.of(
                    "log-format",
                    "lines for people or for machines; auto is json in containers",
                    Syntax.choice(LogFormat.class))
            .defaultsTo(LogFormat.AUTO);

    private static final String OWN = "peagen";

    /**
     * Vert.x' Redis client logs every failure of a connection as an "Unhandled Error", and fails the call with it as well: whoever
     * called says it once, in words.
     */
    private static final String REDIS_CONNECTIONS = "io.vertx.redis.client.impl.RedisConnectionManager";

    private Logging() {}

    /**
     * Configures logging as {@link #LEVEL} and {@link #FORMAT} say.
     *
     * @param environment of the process, to find out where it runs
     * @param target receives all lines, in UTF-8; normally standard error
     */
    public static void configure(Settings settings, Map<String, String> environment, OutputStream target) {
        configure(settings.get(LEVEL), settings.get(FORMAT), environment, target);
    }

    /** Configures logging; see {@link #configure(Settings, Map, OutputStream)}. */
    public static void configure(
            LogLevel level, LogFormat format, Map<String, String> environment, OutputStream target) {
        boolean overruled = System.getProperty("logback.configurationFile") != null;
        if (!overruled && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            apply(context, level, layout(format, Surroundings.detect(environment)), target);
        }
    }

    static Layout<ILoggingEvent> layout(LogFormat format, Surroundings surroundings) {
        return surroundings.resolve(format) == LogFormat.JSON
                ? new JsonLayout()
                : new TextLayout(surroundings.terminal() && surroundings.colours());
    }

    static void apply(LoggerContext context, LogLevel level, Layout<ILoggingEvent> layout, OutputStream target) {
        context.reset();
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(new Borrowed(target));
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level.libraries());
        context.getLogger(OWN).setLevel(level.own());
        if (level != LogLevel.TRACE) {
            context.getLogger(REDIS_CONNECTIONS).setLevel(Level.OFF);
        }
    }

    /** Somebody else's stream: logback closes what it is given, and standard error has to stay open. */
    private static final class Borrowed extends FilterOutputStream {
        Borrowed(OutputStream target) {
            super(target);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
