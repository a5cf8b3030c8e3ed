package peagen.bench.service.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.slf4j.event.KeyValuePair;

/**
 * One readable line per event: time in UTC, level, logger, message, key=value pairs; a stack trace follows indented. Values with
 * blanks are quoted, and line breaks are escaped, so that nobody can forge a line.
 */
public final class TextLayout extends LayoutBase<ILoggingEvent> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String OWN = "peagen.bench.";
    private static final char ESCAPE = '\u001b';

    private final boolean colours;

    /** Without colours, as logback.xml makes it. */
    public TextLayout() {
        this(false);
    }

    /** With colours for the level, for terminals only. */
    public TextLayout(boolean colours) {
        this.colours = colours;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        line.append(TIME.format(Instant.ofEpochMilli(event.getTimeStamp()))).append(' ');
        line.append(level(event.getLevel())).append(' ');
        String logger = event.getLoggerName();
        line.append(logger.startsWith(OWN) ? logger.substring(OWN.length()) : logger);
        line.append(": ").append(oneLine(String.valueOf(event.getFormattedMessage())));
        for (KeyValuePair pair : Events.pairs(event)) {
            String value = oneLine(String.valueOf(pair.value));
            boolean quote = value.isEmpty() || value.chars().anyMatch(c -> c == ' ' || c == '=' || c == '"');
            line.append(' ').append(oneLine(pair.key)).append('=');
            line.append(quote ? '"' + value.replace("\"", "\\\"") + '"' : value);
        }
        line.append('\n');
        Optional.ofNullable(event.getThrowableProxy())
                .ifPresent(thrown -> ThrowableProxyUtil.asString(thrown)
                        .lines()
                        .forEach(traced -> line.append("    ").append(traced).append('\n')));
        return line.toString();
    }

    private String level(Level level) {
        String padded = (level + " ").substring(0, 5);
        if (!colours) {
            return padded;
        }
        int colour = switch (level.toInt()) {
            case Level.ERROR_INT -> 31;
            case Level.WARN_INT -> 33;
            case Level.INFO_INT -> 32;
            default -> 90;
        };
        return ESCAPE + "[" + colour + "m" + padded + ESCAPE + "[0m";
    }

    private static String oneLine(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder line = new StringBuilder();
        text.chars().forEach(c -> {
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> line.append(Character.isISOControl(c) ? "\\u%04x".formatted(c) : String.valueOf((char) c));
            }
        });
        return line.toString();
    }
}
