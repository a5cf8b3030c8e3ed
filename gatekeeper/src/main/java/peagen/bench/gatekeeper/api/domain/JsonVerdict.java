package peagen.bench.gatekeeper.api.domain;

import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.gatekeeper.history.domain.StoredRun;
import peagen.bench.gatekeeper.history.domain.StoredVerdict;

/** The verdict as {@code verdict.json} has it. */
public final class JsonVerdict implements VerdictWriter {

    @Override
    public String format() {
        return "json";
    }

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public String write(StoredRun run, StoredVerdict verdict) {
        return VerdictJson.pretty(verdict.verdict());
    }
}
