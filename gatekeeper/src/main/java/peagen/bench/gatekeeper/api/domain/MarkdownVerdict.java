package peagen.bench.gatekeeper.api.domain;

import java.util.List;
import peagen.bench.gatekeeper.history.domain.StoredRun;
import peagen.bench.gatekeeper.history.domain.StoredVerdict;
import peagen.bench.gatekeeper.report.domain.SummaryReport;

/** The verdict as the markdown of a job's summary. */
public final class MarkdownVerdict implements VerdictWriter {

    @Override
    public String format() {
        return "markdown";
    }

    @Override
    public String mediaType() {
        return "text/markdown";
    }

    @Override
    public String write(StoredRun run, StoredVerdict verdict) {
        return SummaryReport.of(verdict.verdict(), List.of());
    }
}
