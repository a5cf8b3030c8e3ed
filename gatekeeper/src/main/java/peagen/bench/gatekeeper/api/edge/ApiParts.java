package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.Future;
import io.vertx.openapi.contract.OpenAPIContract;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import peagen.bench.gatekeeper.access.edge.AccessRules;
import peagen.bench.gatekeeper.api.domain.VerdictWriter;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.outbox.Producer;

/**
 * What the API is made of.
 *
 * @param contract as {@link Api#contract} reads it
 * @param broker where runs are asked for and events are followed; its owner's to close
 * @param producer who writes to it
 * @param writers in which forms verdicts can be asked for, the first for whoever accepts anything
 * @param random makes ids and secrets; a secure one
 * @param bodyPatience how long the body of a request may take to come
 */
public record ApiParts(
        Future<OpenAPIContract> contract,
        ApiStores stores,
        StreamBroker broker,
        Producer producer,
        GateFiles gates,
        AccessRules access,
        List<VerdictWriter> writers,
        RandomGenerator random,
        Clock clock,
        Duration bodyPatience) {

    /** Copies the list. */
    public ApiParts {
        writers = List.copyOf(writers);
    }
}
