package peagen.bench.gatekeeper.history.domain;

import java.time.Instant;
import java.util.List;
import peagen.bench.gatekeeper.history.domain.History.JudgedRunRecord;
import peagen.bench.measurement.regression.Conditions;

/** Where the runs are found that a run is compared with. May take as long as a disk or a network does. */
@FunctionalInterface
public interface HistoryLookup {

    /** Enough for ten measurements of five replicates each among nine times as many that did not pass. */
    int ENOUGH = 500;

    /** Without a history there is nothing to compare with. */
    HistoryLookup NONE = (conditions, before) -> List.of();

    /** Judged runs under {@code conditions} that started before {@code before}, with their latest verdicts, in any order. */
    List<JudgedRunRecord> comparable(Conditions conditions, Instant before);

    /** Looks into {@code history}, at the latest {@link #ENOUGH}. */
    static HistoryLookup in(History history) {
        return (conditions, before) -> history.comparable(conditions, before, ENOUGH);
    }
}
