package peagen.bench.gatekeeper.domain;

import java.util.List;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;

/**
 * What no open run needs any more.
 *
 * @param control entries of the control stream to acknowledge
 * @param metrics entries of the metrics stream to acknowledge
 * @param quarantine entries for the quarantine stream, one for each of the others that could not be read
 */
public record Settled(List<EntryId> control, List<EntryId> metrics, List<Fields> quarantine) {

    /** Copies the lists. */
    public Settled {
        control = List.copyOf(control);
        metrics = List.copyOf(metrics);
        quarantine = List.copyOf(quarantine);
    }
}
