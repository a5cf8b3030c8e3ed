package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.Future;
import java.util.Map;
import peagen.bench.gatekeeper.api.domain.Shape;
import peagen.bench.gatekeeper.edge.GateFileException;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.measurement.judging.Gate;
import peagen.bench.measurement.judging.Target;

/** The gates that runs can be judged by. */
final class GateOperations {

    private final StoreThreads store;
    private final GateFiles gates;

    GateOperations(StoreThreads store, GateFiles gates) {
        this.store = store;
        this.gates = gates;
    }

    Future<Answer> list(Ask ask) {
        return store.call(() -> Answer.json(
                200,
                new Shape()
                        .with("gates", gates.names().stream().map(this::line).toList())
                        .map()));
    }

    private Map<String, Object> line(String name) {
        try {
            Gate gate = gates.named(name);
            return new Shape()
                    .with("name", name)
                    .with("version", gate.version())
                    .with("targets", gate.targets().size())
                    .map();
        } catch (GateFileException unsound) {
            return new Shape()
                    .with("name", name)
                    .with("problems", unsound.problems())
                    .map();
        }
    }

    Future<Answer> get(Ask ask) {
        String name = ask.path("gateName");
        return store.call(() -> {
            if (!gates.names().contains(name)) {
                throw ProblemException.of(
                        404, "there is no gate '" + name + "'; there are " + String.join(", ", gates.names()));
            }
            try {
                return Answer.json(200, whole(gates.named(name)));
            } catch (GateFileException unsound) {
                throw ProblemException.of(404, String.join("; ", unsound.problems()));
            }
        });
    }

    private static Map<String, Object> whole(Gate gate) {
        return new Shape()
                .with("name", gate.name())
                .with("version", gate.version())
                .with("provesChainOnly", gate.provesChainOnly())
                .with(
                        "targets",
                        gate.targets().stream().map(GateOperations::target).toList())
                .with("words", GateFiles.describe(gate))
                .map();
    }

    private static Map<String, Object> target(Target target) {
        return new Shape()
                .with("id", target.id())
                .with("title", target.title())
                .with("metric", target.series())
                .with("scenario", target.scenario())
                .with("comparator", target.comparator().symbol())
                .with("limit", target.limit())
                .with("unit", target.unit())
                .with("phase", target.phase().toString())
                .with("minSamples", target.minSamples())
                .with("rule", target.rule())
                .map();
    }
}
