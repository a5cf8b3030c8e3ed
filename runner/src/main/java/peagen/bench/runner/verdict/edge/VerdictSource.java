package peagen.bench.runner.verdict.edge;

import java.time.Duration;
import peagen.bench.runner.verdict.domain.Answer;

/** Somebody who may know a run's verdict. */
public interface VerdictSource {

    /**
     * Asks once. Blocks for {@code patience} at most, but for a moment.
     *
     * @param patience how long the answer may be held back until there is a verdict; zero for an answer at once
     */
    Answer ask(Duration patience) throws InterruptedException;
}
