package peagen.bench.runner.conformance.edge;

import java.util.List;
import peagen.bench.runner.conformance.domain.Finding;

/** A part of a check that shows one point or several. */
interface Step {

    /** Takes it; blocks until it is over. */
    List<Finding> take() throws InterruptedException;
}
