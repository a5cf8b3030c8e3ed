package peagen.bench.gatekeeper.edge;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.gatekeeper.GatekeeperConfig;
import peagen.bench.gatekeeper.domain.Settled;
import peagen.bench.gatekeeper.domain.Source;
import peagen.bench.streams.StreamBroker;

/**
 * What the gatekeeper has decided and Redis does not know yet. It is paid in an order that makes a crash harmless anywhere: first
 * what is said, quarantine entries and verdicts, then the acknowledgement of what it rests on. Dying in between, the gatekeeper
 * reads the entries again and says the same again. The control entries go before the deltas: a run without deltas would be judged
 * anew, deltas without a run are let go, at once where the store
 * knows its verdict. Confined to one context.
 */
final class Owed {

    private final StreamBroker broker;
    private final StreamNames streams;
    private final Chronicle chronicle;
    private final List<Fields> quarantine = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final Set<EntryId> control = new LinkedHashSet<>();
    private final Set<EntryId> metrics = new LinkedHashSet<>();

    Owed(StreamBroker broker, StreamNames streams, Chronicle chronicle) {
        this.broker = broker;
        this.streams = streams;
        this.chronicle = chronicle;
    }

    void verdict(Verdict verdict) {
        verdicts.add(verdict);
    }

    void settled(Settled settled) {
        quarantine.addAll(settled.quarantine());
        control.addAll(settled.control());
        metrics.addAll(settled.metrics());
    }

    /** How many entries of {@code source} are still to be acknowledged. */
    int unacknowledged(Source source) {
        return ids(source).size();
    }

    /** Whether the entry is still to be acknowledged; read again, it has nothing new to say. */
    boolean holds(Source source, EntryId id) {
        return ids(source).contains(id);
    }

    private Set<EntryId> ids(Source source) {
        return source == Source.CONTROL ? control : metrics;
    }

    /** Pays everything; what fails stays owed. */
    Future<Void> pay() {
        return pay(quarantine, entries -> broker.append(streams.quarantine(), entries))
                .compose(paid -> chronicle.isKept() ? sayOnce() : pay(verdicts, this::say))
                .compose(paid -> pay(control, ids -> acknowledge(StreamNames.CONTROL, ids)))
                .compose(paid -> pay(metrics, ids -> acknowledge(streams.metrics(), ids)));
    }

    private Future<?> say(List<Verdict> now) {
        return broker.append(
                StreamNames.VERDICTS, now.stream().map(VerdictJson::entry).toList());
    }

    /** One after the other, and none that somebody else has said meanwhile. */
    private Future<Void> sayOnce() {
        if (verdicts.isEmpty()) {
            return Future.succeededFuture();
        }
        Optional<String> silence = chronicle.silence();
        if (silence.isPresent()) {
            return Future.failedFuture(new IllegalStateException(silence.get()));
        }
        return new OnceSaid(broker).say(verdicts.get(0)).compose(said -> {
            verdicts.remove(0);
            chronicle.said();
            return sayOnce();
        });
    }

    private Future<Long> acknowledge(String stream, List<EntryId> ids) {
        return broker.acknowledge(stream, GatekeeperConfig.GROUP, ids);
    }

    private static <T> Future<Void> pay(Collection<T> owed, Function<List<T>, Future<?>> payment) {
        if (owed.isEmpty()) {
            return Future.succeededFuture();
        }
        List<T> now = List.copyOf(owed);
        return payment.apply(now)
                .map(paid -> {
                    // What was added meanwhile stands behind these.
                    Iterator<T> first = owed.iterator();
                    for (int i = 0; i < now.size(); i++) {
                        first.next();
                        first.remove();
                    }
                    return now;
                })
                .mapEmpty();
    }
}
