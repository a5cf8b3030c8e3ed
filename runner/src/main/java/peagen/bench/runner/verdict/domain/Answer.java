package peagen.bench.runner.verdict.domain;

import java.time.Duration;
import java.util.Optional;
import peagen.bench.contract.verdict.Verdict;

/** What came of asking for a verdict once. */
public sealed interface Answer {

    /** Here it is. */
    record Said(Verdict verdict) implements Answer {}

    /**
     * The run is known, and has none yet.
     *
     * @param stage how far the run is, in a word; empty when nobody says
     */
    record NotYet(String stage) implements Answer {}

    /** Nobody has heard of the run; it may still be declared. */
    record Unknown() implements Answer {}

    /** Something has to be changed before it makes sense to ask again. */
    record Refused(String reason) implements Answer {}

    /**
     * It did not go this time, and may the next.
     *
     * @param after what the other side asks to be left alone for
     */
    record Failed(String reason, Optional<Duration> after) implements Answer {}
}
