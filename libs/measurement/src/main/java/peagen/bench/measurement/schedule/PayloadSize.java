package peagen.bench.measurement.schedule;

/** How many bytes of payload a task carries. */
public sealed interface PayloadSize {

    /** The same for every task. */
    record Fixed(int bytes) implements PayloadSize {

        /** Rejects negative sizes. */
        public Fixed {
            if (bytes < 0) {
                throw new IllegalArgumentException("got a payload of " + bytes + " bytes, expected 0 or more");
            }
        }
    }

    /** Evenly distributed, both ends included. */
    record Uniform(int minBytes, int maxBytes) implements PayloadSize {

        /** Rejects what is no range. */
        public Uniform {
            if (minBytes < 0 || maxBytes < minBytes) {
                throw new IllegalArgumentException(
                        "got payloads of %d to %d bytes, expected 0 or more, the smaller first"
                                .formatted(minBytes, maxBytes));
            }
        }
    }
}
