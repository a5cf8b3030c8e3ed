package peagen.bench.probeagent;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import peagen.bench.contract.event.RunEvent.SeenWorker;
import peagen.bench.probeagent.edge.proxy.Followed;

/** {@code GET /workers}: who is connected, under which name, and with how many tasks in hand. */
final class WorkersRoute {

    private WorkersRoute() {}

    static void addTo(Router router, Supplier<List<Followed>> open) {
        router.get("/workers").handler(context -> {
            JsonArray workers = new JsonArray();
            open.get().stream()
                    .sorted(Comparator.comparingLong(each -> each.worker().connection()))
                    .map(WorkersRoute::json)
                    .forEach(workers::add);
            context.json(new JsonObject().put("workers", workers));
        });
    }

    private static JsonObject json(Followed followed) {
        SeenWorker worker = followed.worker();
        return new JsonObject()
                .put("connection", worker.connection())
                .put("consumer", worker.consumer())
                .put("client", worker.client())
                .put("peer", worker.peer())
                .put("container", worker.container())
                .put("inHand", followed.inHand());
    }
}
