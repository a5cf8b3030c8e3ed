package peagen.bench.gatekeeper.api.domain;

import peagen.bench.gatekeeper.history.domain.StoredRun;
import peagen.bench.gatekeeper.history.domain.StoredVerdict;
import peagen.bench.gatekeeper.report.domain.JunitReport;

/** The verdict as JUnit XML. */
public final class JunitVerdict implements VerdictWriter {

    @Override
    public String format() {
        return "junit";
    }

    @Override
    public String mediaType() {
        return "application/xml";
    }

    @Override
    public String write(StoredRun run, StoredVerdict verdict) {
        return JunitReport.of(verdict.verdict());
    }
}
