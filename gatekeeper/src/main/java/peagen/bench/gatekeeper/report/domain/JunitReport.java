package peagen.bench.gatekeeper.report.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.report.domain.JunitCase.Result;
import peagen.bench.measurement.judging.Missed;
import peagen.bench.measurement.notation.Notation;

/**
 * A verdict as JUnit XML, in the shape that {@code docs/junit.xsd} describes: a test case for each target, one for the ledger and
 * one for the harness. FAIL and INCONCLUSIVE are failures, INVALID is an error; NOT_MEASURED is skipped, unless the scenario set
 * out to measure it, and then it is a failure. Anything but PASS has at least one failure or error. Pure; well-formed whatever
 * the verdict holds.
 */
public final class JunitReport {

    /** The version of the shape, in the property {@code peagen.format}. */
    public static final String FORMAT = "junit/1";

    private JunitReport() {}

    /** The document, to be written as UTF-8. */
    public static String of(Verdict verdict) {
        List<JunitCase> cases = cases(verdict);
        String counts = " tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\" time=\"0\""
                .formatted(
                        cases.size(),
                        count(cases, Result.FAILURE),
                        count(cases, Result.ERROR),
                        count(cases, Result.SKIPPED));
        StringBuilder out = new StringBuilder(4096).append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.append("<testsuites name=\"peagen-bench\"").append(counts).append(">\n");
        out.append("  <testsuite name=\"")
                .append(XmlText.escaped(verdict.scenario()))
                .append("\"")
                .append(counts)
                .append(">\n    <properties>\n");
        properties(verdict)
                .forEach((name, value) -> out.append("      <property name=\"")
                        .append(name)
                        .append("\" value=\"")
                        .append(XmlText.escaped(value))
                        .append("\"/>\n"));
        out.append("    </properties>\n");
        String className = "peagen-bench." + verdict.profile() + "." + verdict.scenario();
        cases.forEach(one -> one.write(out, className));
        return out.append("  </testsuite>\n</testsuites>\n").toString();
    }

    private static long count(List<JunitCase> cases, Result result) {
        return cases.stream().filter(one -> one.result() == result).count();
    }

    private static Map<String, String> properties(Verdict verdict) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("peagen.format", FORMAT);
        properties.put("peagen.state", verdict.state().name());
        properties.put("peagen.run", verdict.runId());
        properties.put("peagen.revision", Integer.toString(verdict.revision()));
        properties.put("peagen.scenario", verdict.scenario());
        properties.put("peagen.environment", verdict.environment());
        properties.put("peagen.profile", verdict.profile());
        properties.put("peagen.seed", Long.toString(verdict.seed()));
        properties.put("peagen.scheduleHash", verdict.scheduleHash());
        return properties;
    }

    private static List<JunitCase> cases(Verdict verdict) {
        List<JunitCase> cases = new ArrayList<>();
        verdict.targets().forEach(target -> cases.add(target(verdict, target)));
        cases.add(ledger(verdict.ledger()));
        boolean red = cases.stream().anyMatch(one -> one.result() == Result.FAILURE || one.result() == Result.ERROR);
        cases.add(harness(verdict, red));
        return cases;
    }

    private static JunitCase target(Verdict verdict, Verdict.Target target) {
        String detail = target.rule() + "\n" + target.reason();
        return switch (target.state()) {
            case PASS -> JunitCase.green(target.id(), detail);
            case FAIL, INCONCLUSIVE, INVALID -> red(target.id(), target.state(), target.reason(), detail);
            case NOT_MEASURED ->
                Missed.counts(verdict, target)
                        ? red(target.id(), target.state(), target.reason(), detail)
                        : new JunitCase(target.id(), Result.SKIPPED, "", target.reason(), "");
        };
    }

    private static JunitCase ledger(Verdict.Ledger ledger) {
        String sum = LedgerLine.of(ledger);
        if (ledger.unobserved() > 0) {
            String message = Notation.number(ledger.unobserved()) + " unobserved: they ended, and no probe saw it";
            return red("ledger", VerdictState.INVALID, message, sum);
        }
        return ledger.outstanding() > 0
                ? red("ledger", VerdictState.FAIL, Notation.number(ledger.outstanding()) + " outstanding", sum)
                : JunitCase.green("ledger", sum);
    }

    /** Where nothing else says why a run is not green, the harness's case does: no red run looks green. */
    private static JunitCase harness(Verdict verdict, boolean red) {
        String detail = LedgerLine.of(verdict.harness()) + "\n" + String.join("\n", verdict.reasons());
        boolean says = verdict.state() == VerdictState.INVALID || (verdict.state() != VerdictState.PASS && !red);
        return says
                ? red("harness", verdict.state(), first(verdict.reasons()), detail)
                : JunitCase.green("harness", detail);
    }

    private static String first(List<String> reasons) {
        return reasons.isEmpty() ? "no reason is given" : reasons.get(0);
    }

    private static JunitCase red(String name, VerdictState state, String message, String detail) {
        Result result = state == VerdictState.INVALID ? Result.ERROR : Result.FAILURE;
        return new JunitCase(name, result, state.name().toLowerCase(Locale.ROOT), message, detail);
    }
}
