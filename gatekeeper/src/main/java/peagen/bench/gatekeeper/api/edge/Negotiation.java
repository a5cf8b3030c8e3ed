package peagen.bench.gatekeeper.api.edge;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import peagen.bench.gatekeeper.api.domain.Accepted;
import peagen.bench.gatekeeper.api.domain.VerdictWriter;
import peagen.bench.service.http.ProblemDetails.Fault;

/** Chooses the form of a verdict: {@code ?format=} first, then {@code Accept}. Immutable. */
final class Negotiation {

    private final List<VerdictWriter> writers;

    /** @param writers the first is for whoever accepts anything */
    Negotiation(List<VerdictWriter> writers) {
        this.writers = List.copyOf(writers);
    }

    VerdictWriter choose(Ask ask) {
        Optional<String> format = ask.query("format");
        if (format.isPresent()) {
            return writers.stream()
                    .filter(writer -> writer.format().equals(format.get()))
                    .findFirst()
                    .orElseThrow(() -> ProblemException.of(
                            400, new Fault("query/format", format.get(), "one of " + all(VerdictWriter::format))));
        }
        String header = ask.header("Accept").orElse("");
        return Accepted.best(
                        header, writers.stream().map(VerdictWriter::mediaType).toList())
                .flatMap(type -> writers.stream()
                        .filter(writer -> writer.mediaType().equals(type))
                        .findFirst())
                .orElseThrow(() -> ProblemException.of(
                        406, new Fault("header/Accept", header, "one of " + all(VerdictWriter::mediaType))));
    }

    private String all(Function<VerdictWriter, String> word) {
        return writers.stream().map(word).collect(Collectors.joining(", "));
    }
}
