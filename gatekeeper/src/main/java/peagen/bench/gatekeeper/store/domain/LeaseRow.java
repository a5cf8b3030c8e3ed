package peagen.bench.gatekeeper.store.domain;

/**
 * Who leads, as it stands in the store.
 *
 * @param holder who; empty when nobody does
 * @param epoch grows by one with every new holder
 * @param beat grows with every sign of life; it is no time, so that no clock of another host matters
 */
public record LeaseRow(String holder, long epoch, long beat) {}
