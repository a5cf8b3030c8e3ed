package peagen.bench.gatekeeper.report.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.webhook.domain.Verdicts;

class SummaryReportTest {

    private static final List<SummaryReport.Link> LINKS =
            List.of(new SummaryReport.Link("the run", URI.create("https://bench.example/api/v1/runs/r")));

    @Test
    void showsTheStateTheTargetsAndWhereToReadOn() {
        Seen seen = read(SummaryReport.of(Verdicts.of("run-7", VerdictState.FAIL), LINKS));
        assertThat(seen.text).startsWith("❌ FAIL: smoke").contains("run run-7, revision 1");
        assertThat(seen.rows)
                .containsExactly(
                        List.of("target", "state", "observed", "limit", "unit", "samples", "why"),
                        List.of(
                                "PT-3",
                                "❌ FAIL",
                                "9 000.5",
                                ">= 10 000",
                                "tasks/min",
                                "2 000",
                                "9000.5 tasks/min is below 10000"));
        assertThat(seen.links).containsExactly("https://bench.example/api/v1/runs/r");
        assertThat(seen.text).contains("2 000 enqueued").contains("send delay p99 0.90 ms");
    }

    @Test
    void writesAsManyDigitsAsItTakesToTellTheNumberFromTheLimit() {
        Verdict.Target target = new Verdict.Target(
                "PT-3", "m", VerdictState.FAIL, 9_999.9999, 10_000, ">=", "tasks/min", 5, "rule", "why");
        Seen seen = read(SummaryReport.of(Verdicts.of("r", VerdictState.FAIL, List.of(), List.of(target)), List.of()));
        assertThat(seen.rows.get(1).get(2)).isEqualTo("9 999.9999");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a | b",
                "`code` ``",
                "<script>alert(1)</script>",
                "<!-- hidden",
                "\\| \\",
                "*bold* _it_ ~~s~~",
                "[a](https://x.example)",
                "![a](b)",
                "# title",
                "- item",
                "1. one",
                "$x$",
                "@somebody",
                "&lt;",
                "a\nb\r\nc",
                "| a |\n| - |\n| b |",
                "--- | ---",
                "😀 漢 é",
                "https://x.example/y",
                "===",
                "+ a",
                "```"
            })
    void textMeansNothingButItself(String text) {
        Verdict.Target target = new Verdict.Target(text, "m", VerdictState.FAIL, 1.0, 2, ">=", text, 1, "rule", text);
        Seen seen =
                read(SummaryReport.of(Verdicts.of("r", VerdictState.FAIL, List.of(text), List.of(target)), List.of()));
        String line = text.replaceAll("\\s", " ").trim();
        assertThat(seen.rows).hasSize(2);
        assertThat(seen.rows.get(1)).hasSize(7).startsWith(line).endsWith(line);
        assertThat(seen.text).contains(line);
        assertThat(seen.odd).isEmpty();
        assertThat(seen.links).isEmpty();
    }

    @Test
    void staysOneTableBelowAMebibyteWhateverTheVerdict() {
        Random random = new Random(11);
        for (int round = 0; round < 60; round++) {
            Verdict verdict = Verdicts.hostile(random);
            String summary = SummaryReport.of(verdict, LINKS);
            assertThat(summary.getBytes(StandardCharsets.UTF_8).length).isLessThan(SummaryReport.LIMIT);
            Seen seen = read(summary);
            assertThat(seen.rows).hasSize(1 + Math.min(100, verdict.targets().size()));
            assertThat(seen.rows).allMatch(row -> row.size() == 7);
            assertThat(seen.odd).isEmpty();
            assertThat(seen.tables).isEqualTo(1);
        }
    }

    @Test
    void theLongestOfAllStaysBelowAMebibyte() {
        String text = "|".repeat(5000);
        Verdict.Target target = new Verdict.Target(
                text, text, VerdictState.FAIL, -Double.MAX_VALUE, Double.MIN_VALUE, text, text, 1, text, text);
        Verdict verdict =
                Verdicts.of(text, VerdictState.FAIL, Collections.nCopies(500, text), Collections.nCopies(500, target));
        assertThat(SummaryReport.of(verdict, LINKS).getBytes(StandardCharsets.UTF_8).length)
                .isLessThan(SummaryReport.LIMIT);
    }

    @Test
    void linksNowhereButToTheWeb() {
        List<SummaryReport.Link> links = List.of(
                new SummaryReport.Link("a", URI.create("javascript:alert(1)")),
                new SummaryReport.Link("]b[", URI.create("https://x.example/a|b".replace("|", "%7C"))));
        assertThat(read(SummaryReport.of(Verdicts.of("r", VerdictState.PASS), links)).links)
                .containsExactly("https://x.example/a%7Cb");
    }

    private static Seen read(String markdown) {
        Seen seen = new Seen();
        Parser.builder()
                .extensions(List.of(TablesExtension.create()))
                .build()
                .parse(markdown)
                .accept(seen);
        return seen;
    }

    /** What a reader of the rendered page sees. */
    private static final class Seen extends AbstractVisitor {
        private final List<List<String>> rows = new ArrayList<>();
        private final List<String> links = new ArrayList<>();
        private final List<String> odd = new ArrayList<>();
        private String text = "";
        private int tables;

        @Override
        public void visit(Text node) {
            text += node.getLiteral();
        }

        @Override
        public void visit(Link node) {
            links.add(node.getDestination());
            visitChildren(node);
        }

        @Override
        public void visit(Code node) {
            odd.add("code " + node.getLiteral());
        }

        @Override
        public void visit(Emphasis node) {
            odd.add("emphasis");
            visitChildren(node);
        }

        @Override
        public void visit(HtmlInline node) {
            odd.add("html " + node.getLiteral());
        }

        @Override
        public void visit(HtmlBlock node) {
            if (!node.getLiteral().equals("<!-- peagen-bench " + SummaryReport.FORMAT + " -->")) {
                odd.add("html " + node.getLiteral());
            }
        }

        @Override
        public void visit(CustomBlock node) {
            tables += node instanceof TableBlock ? 1 : 0;
            visitChildren(node);
        }

        @Override
        public void visit(CustomNode node) {
            if (node instanceof TableRow) {
                rows.add(new ArrayList<>());
            }
            if (node instanceof TableCell) {
                String before = text;
                text = "";
                visitChildren(node);
                rows.get(rows.size() - 1).add(text);
                text = before + text;
            } else {
                visitChildren(node);
            }
        }
    }
}
