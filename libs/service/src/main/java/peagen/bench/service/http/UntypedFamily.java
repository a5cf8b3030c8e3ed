package peagen.bench.service.http;

import java.util.List;
import java.util.Map;

/**
 * Samples under a name that the client library of Prometheus refuses, such as a gauge called {@code …_total}: shown without a
 * type, which says nothing wrong about them.
 *
 * @param name the whole name
 * @param help one line
 * @param samples one for every combination of labels
 */
public record UntypedFamily(String name, String help, List<Sample> samples) {

    /**
     * A value.
     *
     * @param labels in the order in which they are shown; names are those of Prometheus, values may be any text
     * @param value finite
     */
    public record Sample(Map<String, String> labels, double value) {}

    /** Copies the list. */
    public UntypedFamily {
        samples = List.copyOf(samples);
    }

    /** Writes the family; nothing when it has no samples. {@code unknown} is what OpenMetrics calls it. */
    void write(StringBuilder text, boolean openMetrics) {
        if (samples.isEmpty()) {
            return;
        }
        String type = openMetrics ? "unknown" : "untyped";
        if (openMetrics) {
            text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
            text.append("# HELP ")
                    .append(name)
                    .append(' ')
                    .append(escaped(help))
                    .append('\n');
        } else {
            text.append("# HELP ")
                    .append(name)
                    .append(' ')
                    .append(escaped(help))
                    .append('\n');
            text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        }
        for (Sample sample : samples) {
            text.append(name);
            String separator = "{";
            for (Map.Entry<String, String> label : sample.labels().entrySet()) {
                text.append(separator).append(label.getKey()).append("=\"");
                text.append(escaped(label.getValue()).replace("\"", "\\\"")).append('"');
                separator = ",";
            }
            text.append(sample.labels().isEmpty() ? " " : "} ")
                    .append(sample.value())
                    .append('\n');
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }
}
