package peagen.bench.contract.entry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that compare by content. Not copied, neither in nor out: nobody may change them. */
public final class Blob {

    private final byte[] bytes;

    /** Wraps {@code bytes}. */
    public Blob(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps the UTF-8 form of {@code text}. */
    public static Blob utf8(String text) {
        return new Blob(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes there are. */
    public int length() {
        return bytes.length;
    }

    /** The bytes read as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Blob that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Blob[" + bytes.length + " bytes]";
    }
}
