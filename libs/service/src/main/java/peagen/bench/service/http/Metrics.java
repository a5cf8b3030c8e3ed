package peagen.bench.service.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;

/** Makes the registry behind {@code /metrics}. Whoever makes one closes it. */
public final class Metrics {

    private Metrics() {}

    /** An empty registry. */
    public static PrometheusMeterRegistry registry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    /** A registry with the memory, garbage collection, threads, processor time and uptime of this JVM. */
    public static ServedRegistry registryWithJvm() {
        JvmGcMetrics collection = new JvmGcMetrics();
        ServedRegistry registry = new ServedRegistry(collection::close);
        // Names that the linter of Prometheus complains about: ours for the same things stand below.
        registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
                .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        collection.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        FunctionCounter.builder("process.cpu.seconds", ProcessHandle.current(), Metrics::processorSeconds)
                .description("Processor time that this process has taken")
                .register(registry);
        Gauge.builder("system.processors", Runtime.getRuntime(), Runtime::availableProcessors)
                .description("Processors that this process may use")
                .register(registry);
        return registry;
    }

    private static double processorSeconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }
}
