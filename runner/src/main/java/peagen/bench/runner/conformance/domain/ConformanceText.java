package peagen.bench.runner.conformance.domain;

import peagen.bench.service.terminal.TextTable;
import peagen.bench.service.terminal.TextTable.Column;

/** A report for people: a table of points, the known defects, and one line that sums it up. Pure. */
public final class ConformanceText {

    private ConformanceText() {}

    /** The text of {@code report}, without a line break at its end. */
    public static String of(ConformanceReport report) {
        TextTable table = TextTable.of(
                Column.left("point"),
                Column.left("state"),
                Column.left("a worker …"),
                Column.left("seen"),
                Column.left("known defect"));
        for (Finding finding : report.findings()) {
            table = table.row(
                    finding.point().label(),
                    finding.state().label(),
                    finding.point().expected(),
                    finding.seen(),
                    finding.defect().map(Defect::label).orElse(""));
        }
        StringBuilder text = new StringBuilder(table.toString()).append("\n\n");
        for (Defect defect : report.defects()) {
            text.append("known defect %s: %s%n".formatted(defect.label(), defect.description()));
        }
        return text.append(summary(report)).toString();
    }

    private static String summary(ConformanceReport report) {
        String word = switch (report.state()) {
            case OK -> "PASS";
            case FAIL -> "FAIL";
            case NOT_SEEN -> "INCONCLUSIVE";
        };
        return "%s  %d of %d points OK, %d failed, %d not seen"
                .formatted(
                        word,
                        report.count(Finding.State.OK),
                        report.findings().size(),
                        report.count(Finding.State.FAIL),
                        report.count(Finding.State.NOT_SEEN));
    }
}
