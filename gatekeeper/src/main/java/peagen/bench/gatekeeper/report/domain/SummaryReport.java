package peagen.bench.gatekeeper.report.domain;

import java.net.URI;
import java.util.List;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.notation.Notation;

/**
 * A verdict as the markdown of a job's summary on GitHub: state, reasons, targets, ledger, harness, links. Whatever the verdict
 * holds it stays one table and below {@link #LIMIT}: long texts are cut, and of very many targets the first are shown. Pure.
 */
public final class SummaryReport {

    /** The version of the shape, in a comment on the first line. */
    public static final String FORMAT = "summary/1";

    /** GitHub takes no longer summary of a step, bytes. */
    public static final int LIMIT = 1 << 20;

    private static final int LONGEST_TEXT = 300;
    private static final int LONGEST_WORD = 100;
    private static final int MOST_TARGETS = 100;
    private static final int MOST_REASONS = 32;
    private static final int LONGEST_LINK = 2000;

    private SummaryReport() {}

    /**
     * Somewhere to read on.
     *
     * @param text what it is called
     */
    public record Link(String text, URI to) {}

    /** The markdown, to be written as UTF-8; it ends with an empty line, so that more may follow. */
    public static String of(Verdict verdict, List<Link> links) {
        StringBuilder out = new StringBuilder(4096);
        line(out, "<!-- peagen-bench " + FORMAT + " -->");
        line(out, "## " + sign(verdict.state()) + " " + verdict.state() + ": " + word(verdict.scenario()));
        line(out, "");
        line(
                out,
                "run %s, revision %d; gates %s in %s, seed %d"
                        .formatted(
                                word(verdict.runId()),
                                verdict.revision(),
                                word(verdict.profile()),
                                word(verdict.environment()),
                                verdict.seed()));
        line(out, "");
        verdict.reasons().stream().limit(MOST_REASONS).forEach(reason -> line(out, "- " + text(reason)));
        more(out, verdict.reasons().size() - MOST_REASONS, "reasons");
        line(out, "");
        targets(out, verdict);
        line(out, "");
        line(out, "**Ledger:** " + text(LedgerLine.of(verdict.ledger())));
        line(out, "");
        line(out, "**Harness:** " + text(LedgerLine.of(verdict.harness())));
        line(out, "");
        links(out, links);
        return out.toString();
    }

    private static void targets(StringBuilder out, Verdict verdict) {
        line(out, "| target | state | observed | limit | unit | samples | why |");
        line(out, "| :--- | :--- | ---: | ---: | :--- | ---: | :--- |");
        verdict.targets().stream().limit(MOST_TARGETS).forEach(target -> line(out, row(target)));
        line(out, "");
        more(out, verdict.targets().size() - MOST_TARGETS, "targets");
    }

    private static String row(Verdict.Target target) {
        return "| %s | %s %s | %s | %s | %s | %s | %s |"
                .formatted(
                        word(target.id()),
                        sign(target.state()),
                        target.state(),
                        word(observed(target)),
                        word(target.comparator() + " " + Notation.exact(target.limit())),
                        word(target.unit()),
                        Notation.number(target.samples()),
                        text(target.reason()));
    }

    /** With as many decimals as it takes to tell it from the limit. */
    private static String observed(Verdict.Target target) {
        Double observed = target.observed();
        return observed == null ? "–" : Notation.number(observed, Notation.digitsApart(observed, target.limit()));
    }

    private static void links(StringBuilder out, List<Link> links) {
        for (Link link : links) {
            String to = link.to().toASCIIString();
            if (to.length() <= LONGEST_LINK
                    && List.of("https", "http").contains(link.to().getScheme())) {
                line(out, "[%s](<%s>)".formatted(word(link.text()), to.replace("|", "%7C")));
                line(out, "");
            }
        }
    }

    private static void more(StringBuilder out, int left, String what) {
        if (left > 0) {
            line(out, "… and " + left + " more " + what + ", see verdict.json");
        }
    }

    private static String sign(VerdictState state) {
        return switch (state) {
            case PASS -> "✅";
            case FAIL -> "❌";
            case INVALID -> "💥";
            case INCONCLUSIVE -> "⚠️";
            case NOT_MEASURED -> "➖";
        };
    }

    private static String word(String word) {
        return Markdown.text(word, LONGEST_WORD);
    }

    private static String text(String text) {
        return Markdown.text(text, LONGEST_TEXT);
    }

    private static void line(StringBuilder out, String line) {
        out.append(line).append('\n');
    }
}
