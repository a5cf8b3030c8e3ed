package peagen.bench.gatekeeper.report.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.webhook.domain.Verdicts;

class JunitReportTest {

    @Test
    void aPassHasNeitherFailureNorError() throws Exception {
        Document report = valid(JunitReport.of(sound(VerdictState.PASS, List.of(target("PT-3", VerdictState.PASS)))));
        assertThat(cases(report)).containsExactly("PT-3 pass", "ledger pass", "harness pass");
        assertThat(suite(report).getAttribute("failures")).isEqualTo("0");
    }

    @Test
    void aMissedTargetIsAFailureThatSaysWhy() throws Exception {
        Document report = valid(JunitReport.of(sound(
                VerdictState.FAIL,
                List.of(target("PT-3", VerdictState.FAIL), target("PT-1", VerdictState.NOT_MEASURED)))));
        assertThat(cases(report)).containsExactly("PT-3 failure fail", "PT-1 skipped ", "ledger pass", "harness pass");
        Element failure = (Element) report.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).isEqualTo("why PT-3");
        assertThat(failure.getTextContent()).isEqualTo("rule PT-3\nwhy PT-3");
    }

    @Test
    void whatWasToBeMeasuredAndWasNotIsNotSkipped() throws Exception {
        Verdict verdict = Verdicts.of(
                "r",
                VerdictState.INCONCLUSIVE,
                List.of("PT-1 was to be measured and was not: why PT-1"),
                List.of(target("PT-1", VerdictState.NOT_MEASURED)));
        assertThat(cases(valid(JunitReport.of(verdict)))).contains("PT-1 failure not_measured");
    }

    @Test
    void lostAndUnobservedTasksShowInTheLedger() throws Exception {
        Verdict lost = Verdicts.of("r", VerdictState.FAIL);
        assertThat(cases(valid(JunitReport.of(lost)))).contains("ledger failure fail");
    }

    @Test
    void anInvalidRunIsAnErrorOfTheHarness() throws Exception {
        Verdict verdict = sound(VerdictState.INVALID, List.of(target("PT-3", VerdictState.INVALID)));
        assertThat(cases(valid(JunitReport.of(verdict))))
                .containsExactly("PT-3 error invalid", "ledger pass", "harness error invalid");
    }

    @ParameterizedTest
    @EnumSource(VerdictState.class)
    void nothingButAPassLooksGreen(VerdictState state) throws Exception {
        Element suite = suite(valid(JunitReport.of(sound(state, List.of()))));
        int red = Integer.parseInt(suite.getAttribute("failures")) + Integer.parseInt(suite.getAttribute("errors"));
        assertThat(red == 0).isEqualTo(state == VerdictState.PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "]]>",
                "<![CDATA[",
                "a\u0000b\u001f\u0008",
                "\ud83d",
                "\ude00\ud83d",
                "\ufffe\uffff",
                "😀",
                "\r\n\t"
            })
    void isWellFormedWhateverAReasonHolds(String nasty) throws Exception {
        Verdict.Target target = new Verdict.Target(
                nasty, "m", VerdictState.FAIL, 1.0, 2, nasty, nasty, 1, nasty, "before" + nasty + "after");
        Verdict verdict = Verdicts.of(nasty, VerdictState.FAIL, List.of(nasty), List.of(target));
        Element failure = (Element)
                valid(JunitReport.of(verdict)).getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).startsWith("before").endsWith("after");
    }

    @Test
    void keepsWhatXmlCanWrite() throws Exception {
        String text = "a\tb\nc ]]> <x> & \"'` 😀 漢";
        Verdict.Target target = new Verdict.Target("PT-3", "m", VerdictState.FAIL, 1.0, 2, ">=", "u", 1, "rule", text);
        Verdict verdict = Verdicts.of("r", VerdictState.FAIL, List.of(), List.of(target));
        Element failure = (Element)
                valid(JunitReport.of(verdict)).getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).isEqualTo(text);
        assertThat(failure.getTextContent()).isEqualTo("rule\n" + text);
    }

    @Test
    void cutsWhatParsersWouldRefuse() throws Exception {
        Verdict verdict = Verdicts.of("r", VerdictState.FAIL, List.of("x".repeat(200_000)), List.of());
        assertThat(JunitReport.of(verdict)).hasSizeLessThan(10_000).contains("xx…");
    }

    @Test
    void keepsToItsSchemaWhateverTheVerdict() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 60; round++) {
            valid(JunitReport.of(Verdicts.hostile(random)));
        }
    }

    private static Verdict sound(VerdictState state, List<Verdict.Target> targets) {
        Verdict like = Verdicts.of("r", state, List.of("because"), targets);
        return new Verdict(
                1,
                1,
                "r",
                "smoke",
                "LOCAL",
                "v1.0",
                1,
                "00",
                state,
                state.exitCode(),
                like.reasons(),
                targets,
                new Verdict.Ledger(5, 5, 0, 0, 0, 0, 0, 0),
                like.harness(),
                like.timings(),
                like.throughput());
    }

    private static Verdict.Target target(String id, VerdictState state) {
        return new Verdict.Target(id, "m", state, 1.0, 2, ">=", "u", 1, "rule " + id, "why " + id);
    }

    /** {@code NAME RESULT TYPE} of each case. */
    private static List<String> cases(Document report) {
        NodeList cases = report.getElementsByTagName("testcase");
        return IntStream.range(0, cases.getLength())
                .mapToObj(i -> (Element) cases.item(i))
                .map(one -> {
                    NodeList inside = one.getElementsByTagName("*");
                    Element result = (Element) inside.item(0);
                    return one.getAttribute("name") + " "
                            + (result.getTagName().equals("system-out")
                                    ? "pass"
                                    : result.getTagName() + " " + result.getAttribute("type"));
                })
                .toList();
    }

    private static Element suite(Document report) {
        return (Element) report.getElementsByTagName("testsuite").item(0);
    }

    private static Document valid(String xml) throws ParserConfigurationException, IOException, SAXException {
        String written = new String(xml.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setAttribute("jdk.xml.maxGeneralEntitySizeLimit", 0);
        factory.setAttribute("jdk.xml.totalEntitySizeLimit", 0);
        Document report = factory.newDocumentBuilder().parse(new InputSource(new StringReader(written)));
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(Path.of("../docs/junit.xsd").toFile())
                .newValidator()
                .validate(new DOMSource(report));
        NodeList cases = report.getElementsByTagName("testcase");
        assertThat(suite(report).getAttribute("tests")).isEqualTo(Integer.toString(cases.getLength()));
        return report;
    }
}
