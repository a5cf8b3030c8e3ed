package peagen.bench.gatekeeper.webhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One try to deliver, over.
 *
 * @param at when it began
 * @param took how long it took
 */
public record Try(Instant at, Duration took, Result result) {

    /** When it was over. */
    public Instant ended() {
        return at.plus(took);
    }

    /** What a try came to. */
    public sealed interface Result {

        /** One line for a log, a list, a screen. */
        String described();

        /** Whether the receiver has it. */
        default boolean delivered() {
            return this instanceof Answered answered && answered.status() / 100 == 2;
        }
    }

    /**
     * The receiver answered. The status decides, whatever becomes of the body.
     *
     * @param retryAfter the header {@code Retry-After}, as it came
     * @param excerpt the beginning of the body, at most 1 KiB
     */
    public record Answered(int status, Optional<String> retryAfter, String excerpt) implements Result {
        @Override
        public String described() {
            return "answered " + status;
        }
    }

    /**
     * There was no answer.
     *
     * @param detail one line
     */
    public record Unanswered(Fault fault, String detail) implements Result {
        @Override
        public String described() {
            return fault.words + ": " + detail;
        }
    }

    /** Why there was no answer. */
    public enum Fault {
        /** The address is not allowed; nothing was sent. */
        REFUSED("refused"),
        /** The host's name has no address. */
        UNRESOLVED("not found"),
        /** No connection, or no TLS that can be trusted. */
        UNREACHABLE("not reached"),
        /** No answer in time. */
        TIMED_OUT("timed out"),
        /** The connection ended before an answer, or what came was not HTTP. */
        BROKEN("broken off");

        private final String words;

        Fault(String words) {
            this.words = words;
        }
    }
}
