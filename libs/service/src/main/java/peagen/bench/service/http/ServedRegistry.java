package peagen.bench.service.http;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The registry behind {@code /metrics}, which also shows names that the client library refuses. Thread-safe. */
public final class ServedRegistry extends PrometheusMeterRegistry {

    private static final String END_OF_OPEN_METRICS = "# EOF\n";

    private final List<Supplier<UntypedFamily>> untyped = new CopyOnWriteArrayList<>();
    private final Runnable release;

    ServedRegistry(Runnable release) {
        super(PrometheusConfig.DEFAULT);
        this.release = release;
    }

    /** Shows what {@code family} answers at each scrape; it must not block. */
    public void show(Supplier<UntypedFamily> family) {
        untyped.add(family);
    }

    @Override
    public String scrape(String contentType) {
        String text = super.scrape(contentType);
        boolean openMetrics = text.endsWith(END_OF_OPEN_METRICS);
        StringBuilder all =
                new StringBuilder(openMetrics ? text.substring(0, text.length() - END_OF_OPEN_METRICS.length()) : text);
        untyped.forEach(family -> family.get().write(all, openMetrics));
        return all.append(openMetrics ? END_OF_OPEN_METRICS : "").toString();
    }

    @Override
    public void close() {
        release.run();
        super.close();
    }
}
