package peagen.bench.service.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.KeyValuePair;

/** What logback leaves out of an event when it is empty. */
final class Events {

    private Events() {}

    static List<KeyValuePair> pairs(ILoggingEvent event) {
        return Optional.ofNullable(event.getKeyValuePairs()).orElse(List.of());
    }
}
