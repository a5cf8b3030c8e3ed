package peagen.bench.gatekeeper.webhook.domain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;

/**
 * The {@code data} of a notice but for its links: what somebody needs who decides what to do next. Everything else stands in
 * {@code verdict.json}.
 *
 * @param brevity how much is told
 */
record VerdictSummary(Brevity brevity) {

    private static final int SCHEMA_VERSION = 1;

    ObjectNode of(Verdict verdict) {
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("schemaVersion", SCHEMA_VERSION)
                .put("runId", brevity.cut(verdict.runId()))
                .put("revision", verdict.revision())
                .put("scenario", brevity.cut(verdict.scenario()))
                .put("environment", brevity.cut(verdict.environment()))
                .put("profile", brevity.cut(verdict.profile()))
                .put("state", verdict.state().name())
                .put("exitCode", verdict.exitCode());
        ArrayNode reasons = data.putArray("reasons");
        verdict.reasons().stream().limit(brevity.reasons()).map(brevity::cut).forEach(reasons::add);
        ArrayNode targets = data.putArray("targets");
        kept(verdict.targets()).forEach(target -> targets.add(target(target)));
        data.set("ledger", ledger(verdict.ledger()));
        data.set("cut", cut(verdict, reasons, targets));
        return data;
    }

    /** The worst ones, in the order of the gate. */
    private List<Verdict.Target> kept(List<Verdict.Target> targets) {
        Set<Integer> places = IntStream.range(0, targets.size())
                .boxed()
                .sorted(Comparator.comparingInt(place -> rank(targets.get(place).state())))
                .limit(brevity.targets())
                .collect(Collectors.toCollection(HashSet::new));
        return IntStream.range(0, targets.size())
                .filter(places::contains)
                .mapToObj(targets::get)
                .toList();
    }

    private static int rank(VerdictState state) {
        return switch (state) {
            case FAIL -> 0;
            case INVALID -> 1;
            case INCONCLUSIVE -> 2;
            case PASS -> 3;
            case NOT_MEASURED -> 4;
        };
    }

    private ObjectNode target(Verdict.Target target) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", brevity.cut(target.id()))
                .put("metric", brevity.cut(target.metric()))
                .put("state", target.state().name())
                .put("observed", target.observed())
                .put("comparator", brevity.cut(target.comparator()))
                .put("limit", target.limit())
                .put("unit", brevity.cut(target.unit()))
                .put("reason", brevity.cut(target.reason()));
    }

    private static ObjectNode ledger(Verdict.Ledger ledger) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("enqueued", ledger.enqueued())
                .put("completed", ledger.completed())
                .put("failed", ledger.failed())
                .put("deadLettered", ledger.deadLettered())
                .put("outstanding", ledger.outstanding())
                .put("duplicates", ledger.duplicates())
                .put("unobserved", ledger.unobserved())
                .put("orphaned", ledger.orphaned());
    }

    private static ObjectNode cut(Verdict verdict, ArrayNode reasons, ArrayNode targets) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("reasons", verdict.reasons().size() - reasons.size())
                .put("targets", verdict.targets().size() - targets.size());
    }
}
