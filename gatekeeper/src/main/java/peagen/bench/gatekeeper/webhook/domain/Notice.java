package peagen.bench.gatekeeper.webhook.domain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

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

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final String id;
    private final byte[] payload;

    /**
     * A notice.
     *
     * @throws IllegalArgumentException when {@code payload} reaches {@link #LIMIT}, or {@code id} is none
     */
    public Notice(String id, byte[] payload) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "notice: got id '" + id + "', expected 1 to 64 letters, digits, '_' and '-'");
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
