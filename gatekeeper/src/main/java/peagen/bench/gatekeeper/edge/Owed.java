package peagen.bench.gatekeeper.edge;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.gatekeeper.GatekeeperConfig;
import peagen.bench.gatekeeper.domain.Settled;
import peagen.bench.gatekeeper.domain.Source;
import peagen.bench.streams.StreamBroker;

/**
 * What the gatekeeper has decided and Redis does not know yet. It is paid in an order that makes a crash harmless anywhere: first
 * what is said, quarantine entries and verdicts, then the acknowledgement of what it rests on. Dying in between, the gatekeeper
 * reads the entries again and says the same again. The control entries go before the deltas: a run without deltas would be judged
 * anew, deltas without a run are let go. Confined to one context.
 */
final class Owed {

    private final StreamBroker broker;
    private final StreamNames streams;
    private final List<Fields> quarantine = new ArrayList<>();
    private final List<Fields> verdicts = new ArrayList<>();
    private final List<EntryId> control = new ArrayList<>();
    private final List<EntryId> metrics = new ArrayList<>();

    Owed(StreamBroker broker, StreamNames streams) {
        this.broker = broker;
        this.streams = streams;
    }

    void verdict(Fields entry) {
        verdicts.add(entry);
    }

    void settled(Settled settled) {
        quarantine.addAll(settled.quarantine());
        control.addAll(settled.control());
        metrics.addAll(settled.metrics());
    }

    /** How many entries of {@code source} are still to be acknowledged. */
    int unacknowledged(Source source) {
        return source == Source.CONTROL ? control.size() : metrics.size();
    }

    /** Pays everything; what fails stays owed. */
    Future<Void> pay() {
        return pay(quarantine, entries -> broker.append(streams.quarantine(), entries))
                .compose(paid -> pay(verdicts, entries -> broker.append(StreamNames.VERDICTS, entries)))
                .compose(paid -> pay(control, ids -> acknowledge(StreamNames.CONTROL, ids)))
                .compose(paid -> pay(metrics, ids -> acknowledge(streams.metrics(), ids)));
    }

    private Future<Long> acknowledge(String stream, List<EntryId> ids) {
        return broker.acknowledge(stream, GatekeeperConfig.GROUP, ids);
    }

    private static <T> Future<Void> pay(List<T> owed, Function<List<T>, Future<?>> payment) {
        if (owed.isEmpty()) {
            return Future.succeededFuture();
        }
        List<T> now = List.copyOf(owed);
        // What is added meanwhile stands behind these.
        return payment.apply(now).onSuccess(paid -> owed.subList(0, now.size()).clear()).mapEmpty();
    }
}
