package peagen.bench.gatekeeper.domain;

import java.util.List;
import java.util.TreeSet;
import peagen.bench.measurement.judging.Gate;
import peagen.bench.measurement.judging.Metric;
import peagen.bench.measurement.judging.Statistic;
import peagen.bench.measurement.judging.Target;
import peagen.bench.measurement.judging.Terms;
import peagen.bench.measurement.judging.Terms.OnNoData;
import peagen.bench.measurement.judging.Tolerated;
import peagen.bench.measurement.notation.Notation;
import peagen.bench.service.syntax.DurationText;

/** Gates in words. Pure. */
public final class GateWords {

    private static final int DIGITS = 3;

    private GateWords() {}

    /** A line for each target: {@code PT-3 Queue throughput: slowest 60 s window of the steady phase >= 10 000 tasks/min}. */
    public static List<String> lines(Gate gate) {
        return gate.targets().stream().map(GateWords::line).toList();
    }

    private static String line(Target target) {
        return "%s %s: %s %s %s %s%s%s"
                .formatted(
                        target.id(),
                        target.title(),
                        observed(target),
                        target.comparator().symbol(),
                        Notation.number(target.limit(), DIGITS).replaceFirst("(\\.\\d*?)0+$", "$1"),
                        target.unit(),
                        target.regression().map(GateWords::comparison).orElse(""),
                        terms(target.terms()));
    }

    private static String comparison(Tolerated tolerated) {
        return ", and at most %s %% worse than the last %d measurements that passed"
                .formatted(Notation.percent(tolerated.tolerance()), tolerated.runs());
    }

    private static String terms(Terms terms) {
        String where = terms.requiredIn().isEmpty()
                ? ""
                : "; required in " + String.join(", ", new TreeSet<>(terms.requiredIn()));
        String stop = terms.abortOnFail()
                .map(delay -> "; missed for good after %s of the steady phase, the run is stopped"
                        .formatted(DurationText.format(delay)))
                .orElse("");
        return where + (terms.onNoData() == OnNoData.FAIL ? "; no data fails" : "") + stop;
    }

    private static String observed(Target target) {
        if (target.statistic() instanceof Statistic.Ratio ratio) {
            return "%s as a share of %s of the run"
                    .formatted(target.metric(), ratio.of().label());
        }
        boolean rate = target.statistic() instanceof Statistic.Rate;
        String statistic = target.statistic().words()
                + (rate ? " of " + target.metric() : "")
                + target.terms().kind().map(" of kind %s"::formatted).orElse("");
        boolean ofPhase = Metric.named(target.metric()).isPresent() && !target.ofRun();
        if (ofPhase) {
            return statistic + (rate ? " over" : " of") + " the " + target.phase() + " phase";
        }
        return target.statistic() instanceof Statistic.Value ? statistic + " of the run" : statistic;
    }
}
