package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.PlatformHandler;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.gatekeeper.access.domain.AuditEntry;
import peagen.bench.gatekeeper.access.domain.Scope;
import peagen.bench.gatekeeper.access.edge.Guard;

/**
 * The HTTP API: builds its routes from {@code docs/openapi.yaml}, with the guard before each. All of it works on the event loop
 * of the one who makes it, which should be no one else's; it waits for the store on threads of its own.
 */
public final class Api {

    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    private static final int LONGEST_BODY = 64 * 1024;
    private static final String BODY_TIMER = "bodyTimer";
    private static final String STREAM = "streamEvents";
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Vertx vertx;
    private final ApiParts parts;
    private final StoreThreads store;
    private final Bulletin bulletin;
    private final EventStream events;
    private final Guard guard;
    private final Failures failures;
    private final Map<String, Operation> operations;
    private final OpenAPIContract contract;

    private Api(Vertx vertx, ApiParts parts, OpenAPIContract contract, JsonObject file) {
        this.vertx = vertx;
        this.parts = parts;
        this.contract = contract;
        this.store = new StoreThreads(vertx);
        this.bulletin = new Bulletin(vertx, parts.broker());
        this.events = new EventStream(vertx, bulletin);
        this.guard =
                new Guard(vertx, parts.access(), parts.stores().tokens(), store::call, this::refused, parts.clock());
        this.failures = new Failures(new ContractWords(file));
        this.operations = Operations.of(vertx, parts, store, bulletin);
    }

    /**
     * Begins to read the contract, which takes as long as all else that a start does: it can go on meanwhile. Fails when the
     * contract cannot be read, a mistake of the programmer.
     */
    public static Future<OpenAPIContract> contract(Vertx vertx) {
        return vertx.executeBlocking(ContractFile::forRouter).compose(file -> OpenAPIContract.from(vertx, file));
    }

    /** Makes the API; fails when its contract could not be read. */
    static Future<Api> create(Vertx vertx, ApiParts parts) {
        JsonObject file = ContractFile.json();
        return parts.contract().map(contract -> new Api(vertx, parts, contract, file));
    }

    /** Adds the routes to {@code router}. Once. */
    public void addTo(Router router) {
        DocsRoutes.addTo(router);
        String base = ContractFile.basePath();
        for (Path path : contract.getPaths()) {
            path.getOperations().forEach(operation -> {
                Scope needed = scope(operation.getOpenAPIModel());
                String route = base + path.getName().replaceAll("\\{(.*?)}", ":$1");
                router.route(operation.getHttpMethod(), route).handler(context -> {
                    Failures.remember(context, ContractFile.operation(operation.getOperationId()));
                    guard.check(context, needed);
                });
            });
        }
        Router built = operations();
        built.route().failureHandler(failures::handle);
        router.route(base + "/*").subRouter(built);
        router.route(base + "/*").failureHandler(failures::handle);
    }

    private static Scope scope(JsonObject operation) {
        return Scope.called(operation.getString("x-scope", "")).orElse(Scope.ADMIN);
    }

    private Router operations() {
        PlatformHandler deadline = this::expectBody;
        RouterBuilder builder = RouterBuilder.create(vertx, contract, new Parameters())
                .rootHandler(deadline)
                .rootHandler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY))
                .rootHandler(this::gotBody);
        for (OpenAPIRoute route : builder.getRoutes()) {
            String id = ContractFile.operation(route.getOperation().getOperationId());
            route.setDoSecurity(false);
            if (id.equals(STREAM)) {
                route.addHandler(events::open);
            } else {
                Operation operation = operations.get(id);
                if (operation == null) {
                    throw new IllegalStateException("nothing stands behind operation " + id);
                }
                boolean changes = !READS.contains(route.getOperation().getHttpMethod());
                route.addHandler(context -> answer(context, operation, changes));
            }
        }
        return builder.createRouter();
    }

    private void expectBody(RoutingContext context) {
        Duration patience = parts.bodyPatience();
        long timer = vertx.setTimer(patience.toMillis(), late -> context.fail(408));
        context.put(BODY_TIMER, timer);
        context.addEndHandler(ended -> vertx.cancelTimer(timer));
        context.next();
    }

    private void gotBody(RoutingContext context) {
        Optional.ofNullable(context.<Long>get(BODY_TIMER)).ifPresent(vertx::cancelTimer);
        context.next();
    }

    private void answer(RoutingContext context, Operation operation, boolean changes) {
        Ask ask = new Ask(context);
        Future.succeededFuture(ask)
                .compose(operation::answer)
                .compose(answer -> changes ? audited(ask, answer) : Future.succeededFuture(answer))
                .onSuccess(answer -> answer.send(context.request()))
                .onFailure(failure -> {
                    if (changes) {
                        int status = failure instanceof ProblemException known
                                ? known.problem().status()
                                : 500;
                        audited(ask, Answer.empty(status).about("", String.valueOf(failure.getMessage())));
                    }
                    context.fail(failure);
                });
    }

    /** What was done is done; that it cannot be noted fails nothing, and is logged. */
    private Future<Answer> audited(Ask ask, Answer answer) {
        AuditEntry entry = new AuditEntry(
                parts.clock().instant(),
                ask.caller().name(),
                ask.address(),
                ask.action(),
                answer.subject(),
                answer.status(),
                answer.note());
        return note(entry).map(answer).otherwise(answer);
    }

    private void refused(AuditEntry entry) {
        note(entry);
    }

    private Future<Void> note(AuditEntry entry) {
        return store.call(() -> {
                    parts.stores().audit().append(entry);
                    return true;
                })
                .onFailure(failure -> LOG.atError()
                        .addKeyValue("who", entry.who())
                        .addKeyValue("action", entry.action())
                        .addKeyValue("subject", entry.subject())
                        .addKeyValue("status", entry.status())
                        .addKeyValue("cause", String.valueOf(failure.getMessage()))
                        .log("audit log cannot be written"))
                .mapEmpty();
    }

    /** Hangs up on followers and ends the API's threads. */
    public Future<Void> close() {
        events.close();
        bulletin.close();
        return store.close();
    }
}
