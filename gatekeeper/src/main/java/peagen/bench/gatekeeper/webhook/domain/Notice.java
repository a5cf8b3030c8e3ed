package peagen.bench.gatekeeper.webhook.domain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What is sent: a CloudEvent in JSON, byte for byte the same at every try. Immutable.
 *
 * <p>{@code webhook-id} and the CloudEvent's {@code id} are one and the same.
 */
public final class Notice {

    /** The media type of a CloudEvent that is one JSON object. */
    public static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";

    /** Every notice is shorter than this, in bytes. */
    public static final int LIMIT = 20_000;

    private final String id;
    private final byte[] payload;

    /**
     * A notice.
     *
     * @throws IllegalArgumentException when {@code payload} reaches {@link #LIMIT}, or {@code id} is empty or has a dot
     */
    public Notice(String id, byte[] payload) {
        if (id.isEmpty() || id.contains(".")) {
            throw new IllegalArgumentException("notice: got id '" + id + "', expected text without a dot");
        }
        if (payload.length >= LIMIT) {
            throw new IllegalArgumentException(
                    "notice " + id + ": got " + payload.length + " bytes, expected fewer than " + LIMIT);
        }
        this.id = id;
        this.payload = payload.clone();
    }

    /** The event's id. */
    public String id() {
        return id;
    }

    /** The body; a copy. */
    public byte[] payload() {
        return payload.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Notice that && id.equals(that.id) && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return id.hashCode() * 31 + Arrays.hashCode(payload);
    }

    /** The JSON. */
    @Override
    public String toString() {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
