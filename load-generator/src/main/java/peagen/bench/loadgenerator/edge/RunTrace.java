package peagen.bench.loadgenerator.edge;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunEvent.RunDeclared;
import peagen.bench.contract.event.RunEvent.StopRequested;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.streams.StreamBroker;

/**
 * What the control stream says of one run, from an entry on.
 *
 * @param plan what was declared; empty when nothing was
 * @param closed whether it is closed
 * @param stop the reason for which somebody has asked it to stop
 */
public record RunTrace(Optional<RunPlan> plan, boolean closed, Optional<String> stop) {

    private static final int PAGE = 500;
    private static final RunTrace NONE = new RunTrace(Optional.empty(), false, Optional.empty());

    /** Looks for run {@code runId}, at nothing before {@code since}. */
    public static Future<RunTrace> of(StreamBroker broker, String runId, EntryId since) {
        return from(broker, runId, since, NONE);
    }

    private static Future<RunTrace> from(StreamBroker broker, String runId, EntryId from, RunTrace before) {
        return broker.range(StreamNames.CONTROL, from, EntryId.MAX, PAGE).compose(page -> {
            RunTrace seen = before;
            for (StreamEntry entry : page) {
                if (RunEvents.decode(entry.fields()) instanceof Decoded.Known<RunEvent>(RunEvent event)
                        && event.envelope().runId().equals(runId)) {
                    seen = seen.with(event);
                }
            }
            return page.size() < PAGE
                    ? Future.succeededFuture(seen)
                    : from(broker, runId, last(page).next(), seen);
        });
    }

    private static EntryId last(List<StreamEntry> page) {
        return page.get(page.size() - 1).id();
    }

    private RunTrace with(RunEvent event) {
        return switch (event) {
            case RunDeclared declared -> new RunTrace(plan.or(() -> Optional.of(declared.plan())), closed, stop);
            case RunClosed over -> new RunTrace(plan, true, stop);
            case StopRequested asked -> new RunTrace(plan, closed, stop.or(() -> Optional.of(asked.reason())));
            default -> this;
        };
    }
}
