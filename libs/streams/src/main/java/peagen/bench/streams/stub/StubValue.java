package peagen.bench.streams.stub;

/** What a key holds that is no stream, from one write to the next: two writes of the same bytes make two of these. */
final class StubValue {

    private final byte[] bytes;
    private final long endsMicros;

    /** @param endsMicros when the server forgets it, on the store's clock */
    StubValue(byte[] bytes, long endsMicros) {
        this.bytes = bytes;
        this.endsMicros = endsMicros;
    }

    byte[] bytes() {
        return bytes;
    }

    long endsMicros() {
        return endsMicros;
    }
}
