package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.event.RunEvent.RunRequested;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.event.RunOrder;
import peagen.bench.gatekeeper.api.domain.RequestKeys;
import peagen.bench.gatekeeper.api.domain.RunIds;
import peagen.bench.gatekeeper.api.domain.Shape;
import peagen.bench.gatekeeper.history.domain.Commit;
import peagen.bench.gatekeeper.history.domain.History;
import peagen.bench.gatekeeper.history.domain.Transactions;
import peagen.bench.service.http.ProblemDetails.Fault;
import peagen.bench.service.syntax.Rate;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.outbox.Producer;

/**
 * {@code POST /runs}. The runs and the caller's key are kept in one transaction, and only then asked for on the control stream: a
 * request that broke off between the two is made good when it is repeated with its key. Confined to one context.
 */
final class RunCreation {

    private static final String FASTEST = "max";

    private final StoreThreads store;
    private final Transactions transactions;
    private final History history;
    private final RequestKeys keys;
    private final StreamBroker broker;
    private final Producer producer;
    private final RandomGenerator random;
    private final Clock clock;

    /** Requests of one key that are under way wait for each other, so that none is asked for twice. */
    private final Map<List<String>, Future<Answer>> underWay = new HashMap<>();

    RunCreation(
            StoreThreads store,
            Transactions transactions,
            History history,
            RequestKeys keys,
            StreamBroker broker,
            Producer producer,
            RandomGenerator random,
            Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.history = history;
        this.keys = keys;
        this.broker = broker;
        this.producer = producer;
        this.random = random;
        this.clock = clock;
    }

    /** Runs that were registered; {@code replayed} when the caller's key had them already. */
    private record Registered(List<String> ids, boolean replayed, boolean announced) {}

    Future<Answer> create(Ask ask) {
        Wish wish = Wish.of(ask);
        Optional<String> key = ask.header("Idempotency-Key");
        String caller = ask.caller().name();
        if (key.isEmpty()) {
            return create(wish, caller, key);
        }
        List<String> place = List.of(caller, key.get());
        Future<Answer> before = underWay.getOrDefault(place, Future.succeededFuture(Answer.empty(0)));
        Future<Answer> mine = before.transform(any -> create(wish, caller, key));
        underWay.put(place, mine);
        return mine.onComplete(done -> underWay.remove(place, mine));
    }

    private Future<Answer> create(Wish wish, String caller, Optional<String> key) {
        return store.call(() -> transactions.inTransaction(() -> register(wish, caller, key)))
                .compose(registered -> announce(wish, registered)
                        .compose(announced -> key.isPresent() && !registered.announced()
                                ? store.call(() -> {
                                    keys.announced(caller, key.get());
                                    return registered;
                                })
                                : Future.succeededFuture(registered)))
                .map(registered -> answer(wish, registered));
    }

    private Registered register(Wish wish, String caller, Optional<String> key) {
        Optional<RequestKeys.Kept> kept = key.flatMap(text -> keys.find(caller, text));
        if (kept.isPresent()) {
            if (!kept.get().fingerprint().equals(wish.fingerprint())) {
                throw ProblemException.of(
                        422,
                        new Fault(
                                "header/Idempotency-Key",
                                key.orElse(""),
                                "a key that was not used with another body before"));
            }
            return new Registered(kept.get().runs(), true, kept.get().announced());
        }
        Instant now = clock.instant();
        List<String> ids = RunIds.fresh(wish.scenario(), wish.replicates(), now, random);
        for (int i = 0; i < ids.size(); i++) {
            history.requested(ids.get(i), wish.order(ids, i), wish.commit(), caller, now);
        }
        key.ifPresent(
                text -> keys.keep(new RequestKeys.Kept(caller, text, wish.fingerprint(), ids, !wish.start(), now)));
        return new Registered(ids, false, !wish.start());
    }

    private Future<List<EntryId>> announce(Wish wish, Registered registered) {
        List<Fields> entries = new ArrayList<>();
        if (!registered.announced()) {
            List<String> ids = registered.ids();
            for (int i = 0; i < ids.size(); i++) {
                entries.add(RunEvents.encode(new RunRequested(producer.envelope(ids.get(i)), wish.order(ids, i))));
            }
        }
        // Orders are kept for load generators that come later: without their group nothing would keep them from being
        // trimmed.
        return broker.createGroup(StreamNames.CONTROL, StreamNames.LOAD_GENERATORS, EntryId.MIN)
                .compose(ready -> broker.append(StreamNames.CONTROL, entries));
    }

    private static Answer answer(Wish wish, Registered registered) {
        String id = registered.ids().get(0);
        Answer answer = Answer.json(
                        201,
                        new Shape()
                                .with("id", id)
                                .with("runs", registered.ids())
                                .with("started", wish.start())
                                .map())
                .with("Location", "/api/v1/runs/" + id)
                .about(id, wish.start() ? "" : "registered only");
        return registered.replayed() ? answer.with("Idempotency-Replayed", "true") : answer;
    }

    /** What is asked for. */
    private record Wish(
            String scenario,
            RunOrder bare,
            int replicates,
            Optional<Commit> commit,
            boolean start,
            String fingerprint) {

        static Wish of(Ask ask) {
            String scenario = ask.text("scenario").orElseThrow();
            Optional<String> rate = ask.text("rate");
            if (rate.isPresent()
                    && !rate.get().equals(FASTEST)
                    && Rate.parse(rate.get()).isEmpty()) {
                throw ProblemException.of(422, new Fault("#/rate", rate.get(), Rate.EXPECTED + ", or " + FASTEST));
            }
            RunOrder bare = new RunOrder(
                    scenario,
                    ask.text("profile"),
                    ask.text("environment"),
                    ask.number("seed").orElse(1L),
                    rate,
                    ask.number("steadySeconds").map(Math::toIntExact),
                    Replication.ALONE);
            return new Wish(
                    scenario,
                    bare,
                    ask.number("replicates").map(Math::toIntExact).orElse(1),
                    Optional.ofNullable(ask.body().getJsonObject("commit")).map(Wish::commit),
                    ask.flag("start", true),
                    fingerprint(ask.body()));
        }

        private static Commit commit(JsonObject json) {
            return new Commit(
                    json.getString("repository"), json.getString("sha"), Optional.ofNullable(json.getString("ref")));
        }

        RunOrder order(List<String> ids, int index) {
            Replication which =
                    ids.size() == 1 ? Replication.ALONE : new Replication(ids.get(0), index + 1, ids.size());
            return new RunOrder(
                    bare.scenario(),
                    bare.profile(),
                    bare.environment(),
                    bare.seed(),
                    bare.rate(),
                    bare.steadySeconds(),
                    which);
        }

        /** Tells bodies apart; the order of their keys does not matter. */
        private static String fingerprint(JsonObject body) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                String sorted = new TreeMap<>(body.getMap()).toString();
                return HexFormat.of().formatHex(digest.digest(sorted.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
