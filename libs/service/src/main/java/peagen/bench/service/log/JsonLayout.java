package peagen.bench.service.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * One JSON object a line: {@code time} (ISO 8601, UTC), {@code level}, {@code logger}, {@code thread}, {@code message}, the
 * key-value pairs under their own names, and {@code error} with a stack trace. A pair whose name is taken gets {@code _} appended.
 */
public final class JsonLayout extends LayoutBase<ILoggingEvent> {

    @Override
    public String doLayout(ILoggingEvent event) {
        JsonObject line = new JsonObject()
                .put("time", Instant.ofEpochMilli(event.getTimeStamp()).toString())
                .put("level", event.getLevel().toString().toLowerCase(Locale.ROOT))
                .put("logger", event.getLoggerName())
                .put("thread", event.getThreadName())
                .put("message", event.getFormattedMessage());
        Optional.ofNullable(event.getThrowableProxy())
                .ifPresent(thrown -> line.put("error", ThrowableProxyUtil.asString(thrown)));
        for (KeyValuePair pair : Events.pairs(event)) {
            String key = pair.key;
            while (line.containsKey(key)) {
                key += "_";
            }
            line.put(key, plain(pair.value));
        }
        return line.encode() + "\n";
    }

    private static Object plain(@Nullable Object value) {
        return switch (value) {
            case Integer number -> number;
            case Long number -> number;
            case Double number when Double.isFinite(number) -> number;
            case Boolean flag -> flag;
            case null, default -> String.valueOf(value);
        };
    }
}
