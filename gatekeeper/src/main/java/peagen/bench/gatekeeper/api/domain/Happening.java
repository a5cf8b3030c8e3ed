package peagen.bench.gatekeeper.api.domain;

import java.util.Map;
import java.util.Optional;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunEvent.RunDeclared;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;

/**
 * Something that followers are told of.
 *
 * @param seen how far both streams are read when it is told
 * @param name {@code run.declared}, {@code run.closed} or {@code verdict}
 * @param data a JSON object
 */
public record Happening(Seen seen, String name, String runId, Map<String, Object> data) {

    /** What an entry of {@code bench.control} tells; empty when it is nothing that followers are told of. */
    public static Optional<Happening> ofControl(StreamEntry entry, Seen before) {
        Seen seen = new Seen(entry.id(), before.verdicts());
        if (!(RunEvents.decode(entry.fields()) instanceof Decoded.Known<RunEvent>(RunEvent event))) {
            return Optional.empty();
        }
        String runId = event.envelope().runId();
        Shape shape = new Shape().with("runId", runId);
        return switch (event) {
            case RunDeclared declared ->
                Optional.of(new Happening(
                        seen,
                        "run.declared",
                        runId,
                        shape.with("scenario", declared.plan().scenario())
                                .with("environment", declared.plan().environment())
                                .with("profile", declared.plan().profile())
                                .with("seed", declared.plan().seed())
                                .with("seconds", declared.plan().totalSeconds())
                                .map()));
            case RunClosed closed ->
                Optional.of(new Happening(
                        seen,
                        "run.closed",
                        runId,
                        shape.with("outcome", closed.outcome().label())
                                .with("reason", closed.reason())
                                .with("enqueued", closed.enqueued())
                                .map()));
            default -> Optional.empty();
        };
    }

    /** What an entry of {@code bench.verdicts} tells; empty when it cannot be read. */
    public static Optional<Happening> ofVerdict(StreamEntry entry, Seen before) {
        Seen seen = new Seen(before.control(), entry.id());
        if (!(VerdictJson.decode(entry.fields()) instanceof Decoded.Known<Verdict>(Verdict verdict))) {
            return Optional.empty();
        }
        return Optional.of(new Happening(
                seen,
                "verdict",
                verdict.runId(),
                new Shape()
                        .with("runId", verdict.runId())
                        .with("revision", verdict.revision())
                        .with("state", verdict.state().name())
                        .with("exitCode", verdict.exitCode())
                        .with("scenario", verdict.scenario())
                        .with("environment", verdict.environment())
                        .with("profile", verdict.profile())
                        .with("reason", verdict.reasons().stream().findFirst())
                        .map()));
    }
}
