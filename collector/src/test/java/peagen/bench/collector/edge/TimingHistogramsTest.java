package peagen.bench.collector.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.Phase;
import peagen.bench.measurement.timing.TimingMetric;
import peagen.bench.measurement.timing.Timings;

class TimingHistogramsTest {

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final TimingHistograms histograms = TimingHistograms.shownIn(registry, new KindLabels());
    private final Timings timings = new Timings();

    @Test
    void showsWhatWasAddedUpByKindAndPhase() {
        timings.record(TimingMetric.QUEUE_TIME, "render", Phase.STEADY, 1_500);
        timings.record(TimingMetric.QUEUE_TIME, "render", Phase.STEADY, 700);
        timings.record(TimingMetric.SERVICE_TIME, "execute", Phase.WARM_UP, 3_000_000);
        histograms.add("run-a", timings);
        histograms.add("run-b", timings);
        assertThat(registry.scrape())
                .contains("# TYPE bench_queue_time_seconds histogram")
                .contains("bench_queue_time_seconds_bucket{kind=\"render\",phase=\"steady\",le=\"0.001\"} 2\n")
                .contains("bench_queue_time_seconds_bucket{kind=\"render\",phase=\"steady\",le=\"0.0025\"} 4\n")
                .contains("bench_queue_time_seconds_bucket{kind=\"render\",phase=\"steady\",le=\"+Inf\"} 4\n")
                .contains("bench_queue_time_seconds_count{kind=\"render\",phase=\"steady\"} 4\n")
                .containsPattern(
                        "bench_queue_time_seconds_sum\\{kind=\"render\",phase=\"steady\"} 0\\.0044(0000\\d*)?\n")
                .contains("bench_service_time_seconds_bucket{kind=\"execute\",phase=\"warm-up\",le=\"4.0\"} 2\n")
                .doesNotContain("bench_send_delay_seconds_bucket")
                .doesNotContain("run-a", "run-b");
    }

    @Test
    void namesTheRunOfTheSlowestInAnExemplarOnly() {
        timings.record(TimingMetric.RESPONSE_TIME, "render", Phase.STEADY, 50_000_000);
        histograms.add("run-a", timings);
        assertThat(registry.scrape(OPEN_METRICS))
                .containsPattern("le=\"60.0\"} 1 # \\{run_id=\"run-a\"} [45]\\S+\n")
                .endsWith("# EOF\n");
    }

    @Test
    void callsKindsBeyondFiftyOther() {
        List<String> kinds = new ArrayList<>();
        for (int i = 0; i < KindLabels.MOST + 30; i++) {
            kinds.add("kind-%02d".formatted(i));
            timings.record(TimingMetric.SERVICE_TIME, kinds.get(i), Phase.STEADY, 10);
        }
        histograms.add("run", timings);
        String text = registry.scrape();
        Matcher counts = Pattern.compile("bench_service_time_seconds_count\\{").matcher(text);
        assertThat(counts.results()).hasSize(KindLabels.MOST + 1);
        assertThat(text).contains("bench_service_time_seconds_count{kind=\"other\",phase=\"steady\"} 30\n");
    }
}
