package peagen.bench.contract.task;

import peagen.bench.contract.entry.Blob;

/**
 * A JSON value kept as the bytes that it travelled as, so that what we do not understand is handed on unchanged.
 *
 * @param blob one JSON value in UTF-8
 */
public record RawJson(Blob blob) {

    /** {@code {}}. */
    public static final RawJson EMPTY_OBJECT = of("{}");

    /** Wraps bytes that hold one JSON value in UTF-8; they are not copied and must not be changed. */
    public RawJson(byte[] utf8) {
        this(new Blob(utf8));
    }

    /** Wraps a JSON text. */
    public static RawJson of(String json) {
        return new RawJson(Blob.utf8(json));
    }

    /** The bytes; not to be changed. */
    public byte[] utf8() {
        return blob.bytes();
    }

    @Override
    public String toString() {
        return blob.text();
    }
}
