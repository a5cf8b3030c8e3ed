package peagen.bench.gatekeeper.api.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.answerOf;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.detail;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.json;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.report.domain.JunitReport;
import peagen.bench.gatekeeper.report.domain.SummaryReport;

/** Verdicts in their forms, and waiting for them. */
class VerdictOperationsTest extends ApiContract {

    @Test
    void saysTheVerdictWithItsRevision() {
        Verdict verdict = api.judged("run-1", VerdictState.FAIL, START);
        HttpResponse<String> said = api.get("/runs/run-1/verdict");

        assertThat(said.body()).isEqualTo(VerdictJson.pretty(verdict));
        assertThat(said.headers().firstValue("ETag")).contains("\"1-json\"");
        HttpResponse<String> known = api.get("/runs/run-1/verdict", "If-None-Match", "\"1-json\"");
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(api.get("/runs/run-1/verdict", "If-None-Match", "\"0-json\"").statusCode())
                .isEqualTo(200);
        assertThat(json(api.get("/runs/run-1/verdicts")).getJsonArray("verdicts"))
                .hasSize(1);
        HttpResponse<String> junit = api.get("/runs/run-1/verdict?format=junit");
        assertThat(junit.headers().firstValue("Content-Type")).contains("application/xml");
        assertThat(junit.body()).isEqualTo(JunitReport.of(verdict));
        assertThat(api.get("/runs/run-1/verdict", "Accept", "text/markdown").body())
                .isEqualTo(SummaryReport.of(verdict, List.of()));
        assertThat(api.get("/runs/run-1/verdict?format=pdf").statusCode()).isEqualTo(400);
        assertThat(api.get("/runs/none/verdict").statusCode()).isEqualTo(404);
        assertThat(api.get("/runs/none/verdicts").statusCode()).isEqualTo(404);
        HttpResponse<String> odd = api.get("/runs/run-1/verdict", "Accept", "text/html");
        assertThat(odd.statusCode()).isEqualTo(406);
        assertThat(detail(odd)).contains("header/Accept: got 'text/html', expected one of application/json");
    }

    @ParameterizedTest
    @CsvSource({"json,application/json", "junit,application/xml", "markdown,text/markdown"})
    void eachFormHasTagsOfItsOwn(String form, String mediaType) {
        Verdict first = api.judged("run-1", VerdictState.FAIL, START);
        String tag = "\"1-" + form + "\"";
        HttpResponse<String> said = api.get("/runs/run-1/verdict", "Accept", mediaType);
        assertThat(said.headers().firstValue("ETag")).contains(tag);
        assertThat(said.headers().firstValue("Vary")).contains("Accept");
        assertThat(api.get("/runs/run-1/verdict?format=" + form).headers().firstValue("ETag"))
                .contains(tag);

        for (String known : List.of(tag, "W/" + tag, "\"9-json\", " + tag, "*")) {
            HttpResponse<String> same = api.get("/runs/run-1/verdict", "Accept", mediaType, "If-None-Match", known);
            assertThat(same.statusCode()).as(known).isEqualTo(304);
            assertThat(same.body()).isEmpty();
            assertThat(same.headers().firstValue("ETag")).contains(tag);
            assertThat(same.headers().firstValue("Vary")).contains("Accept");
        }
        String ofAnother = form.equals("json") ? "\"1-junit\"" : "\"1-json\"";
        for (String other : List.of(ofAnother, "\"1\"", "\"0-" + form + "\"")) {
            HttpResponse<String> whole = api.get("/runs/run-1/verdict", "Accept", mediaType, "If-None-Match", other);
            assertThat(whole.statusCode()).as(other).isEqualTo(200);
            assertThat(whole.body()).isEqualTo(said.body());
        }

        api.stores.history().judged(first.revised(2, 1, 3, List.of("late")), START.plusSeconds(60));
        HttpResponse<String> revised =
                api.get("/runs/run-1/verdict?wait=10s", "Accept", mediaType, "If-None-Match", tag);
        assertThat(revised.statusCode()).isEqualTo(200);
        assertThat(revised.headers().firstValue("ETag")).contains("\"2-" + form + "\"");
    }

    @Test
    void holdsTheAnswerBackUntilThereIsAVerdict() {
        stores("run-1");
        HttpResponse<String> none = api.get("/runs/run-1/verdict?wait=100ms");
        assertThat(none.statusCode()).isEqualTo(202);
        assertThat(json(none).getString("stage")).isEqualTo("requested");

        CompletableFuture<HttpResponse<String>> waiting =
                CompletableFuture.supplyAsync(() -> api.get("/runs/run-1/verdict?wait=20s"));
        long begun = System.nanoTime();
        Verdict verdict = api.judged("run-1", VerdictState.PASS, START);
        answerOf(api.broker.append(StreamNames.VERDICTS, VerdictJson.entry(verdict)));

        assertThat(waiting.join().statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }
}
