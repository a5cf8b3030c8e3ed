package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.Future;

/** What stands behind an operation of the contract. Called on the API's event loop, which it must not block. */
@FunctionalInterface
interface Operation {

    /** Answers; fails, or throws, with {@link ProblemException} when it cannot be done as it was asked. */
    Future<Answer> answer(Ask ask);
}
