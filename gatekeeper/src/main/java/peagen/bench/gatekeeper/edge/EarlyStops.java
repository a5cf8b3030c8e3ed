package peagen.bench.gatekeeper.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.event.RunEvent.StopRequested;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.gatekeeper.domain.GoingRun;
import peagen.bench.gatekeeper.domain.RunBook;
import peagen.bench.measurement.judging.Gate;
import peagen.bench.measurement.judging.Outlook;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupInfo;
import peagen.bench.streams.outbox.Producer;

/**
 * Asks runs to stop that cannot come out well any more, each once. Nothing is asked while the collectors are behind: what they
 * have not folded yet would look as if it had not happened. Confined to one context.
 */
final class EarlyStops {

    private static final Logger LOG = LoggerFactory.getLogger(EarlyStops.class);
    private static final long LOOK_EVERY_MICROS = 1_000_000;
    private static final long FRESH_MICROS = 3_000_000;
    private static final Duration HELD_AT_MOST = Duration.ofSeconds(2);
    private static final long BEHIND_AT_MOST = 256;

    private final Vertx vertx;
    private final StreamBroker broker;
    private final StreamNames streams;
    private final Producer producer;
    private final GateFiles gates;
    private final RunBook book;
    private final Map<String, Optional<Gate>> gateOfRun = new HashMap<>();
    private long lookedMicros;

    EarlyStops(
            Vertx vertx, StreamBroker broker, StreamNames streams, Producer producer, GateFiles gates, RunBook book) {
        this.vertx = vertx;
        this.broker = broker;
        this.streams = streams;
        this.producer = producer;
        this.gates = gates;
        this.book = book;
    }

    /** Looks at the runs that go on, at most once a second. */
    Future<Void> look() {
        long now = producer.nowMicros();
        if (now - lookedMicros < LOOK_EVERY_MICROS) {
            return Future.succeededFuture();
        }
        lookedMicros = now;
        List<GoingRun> going = book.going();
        Set<String> ids = new HashSet<>();
        going.forEach(run -> ids.add(run.runId()));
        gateOfRun.keySet().retainAll(ids);
        Future<Void> looked = Future.succeededFuture();
        for (GoingRun run : going) {
            looked = looked.compose(before -> gate(run))
                    .compose(gate -> gate.map(of -> look(run, of, now)).orElseGet(Future::succeededFuture));
        }
        return looked;
    }

    /** Read once a run, on a thread that may wait; a gate that cannot be read stops nothing, and the verdict says why. */
    private Future<Optional<Gate>> gate(GoingRun run) {
        Optional<Gate> known = gateOfRun.get(run.runId());
        if (known != null) {
            return Future.succeededFuture(known);
        }
        return vertx.executeBlocking(
                        () -> Optional.of(gates.named(run.plan().profile())).filter(Outlook::mayStop))
                .map(Objects::requireNonNull)
                .recover(noGate -> Future.succeededFuture(Optional.empty()))
                .onSuccess(gate -> gateOfRun.put(run.runId(), gate));
    }

    private Future<Void> look(GoingRun run, Gate gate, long now) {
        Optional<String> reason = now - run.lastDeltaMicros() > FRESH_MICROS
                ? Optional.empty()
                : Outlook.hopeless(gate, run.plan(), run.soFar(), now);
        return reason.map(
                        why -> collectorsKeepUp().compose(keepUp -> keepUp ? stop(run, why) : Future.succeededFuture()))
                .orElseGet(Future::succeededFuture);
    }

    private Future<Boolean> collectorsKeepUp() {
        Future<GroupInfo> info = broker.groupInfo(streams.events(), StreamNames.COLLECTORS);
        Future<Optional<Duration>> held = broker.oldestPendingIdle(streams.events(), StreamNames.COLLECTORS);
        return Future.all(info, held)
                .map(both -> info.result().lag() <= BEHIND_AT_MOST
                        && held.result()
                                .filter(idle -> idle.compareTo(HELD_AT_MOST) > 0)
                                .isEmpty());
    }

    private Future<Void> stop(GoingRun run, String why) {
        StopRequested event = new StopRequested(producer.envelope(run.runId()), why);
        return broker.append(StreamNames.CONTROL, RunEvents.encode(event))
                .map(entry -> {
                    book.askedToStop(run.runId());
                    LOG.atInfo()
                            .addKeyValue("runId", run.runId())
                            .addKeyValue("reason", why)
                            .log("run is asked to stop");
                    return entry;
                })
                .mapEmpty();
    }
}
