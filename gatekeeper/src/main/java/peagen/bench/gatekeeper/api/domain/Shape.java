package peagen.bench.gatekeeper.api.domain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A JSON object in the making: keys in order, absent ones left out. Not thread-safe. */
public final class Shape {

    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** Adds a text, number, truth value, list or map. */
    public Shape with(String key, Object value) {
        fields.put(key, value);
        return this;
    }

    /** Adds a value that is there. */
    public Shape with(String key, Optional<?> value) {
        value.ifPresent(present -> fields.put(key, present));
        return this;
    }

    /** The object. */
    public Map<String, Object> map() {
        return fields;
    }
}
