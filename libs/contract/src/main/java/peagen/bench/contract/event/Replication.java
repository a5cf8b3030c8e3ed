package peagen.bench.contract.event;

/**
 * Which of several runs of the same that are judged together a run is: one run a night is no evidence.
 *
 * @param set what the replicates of one measurement have in common: the id of the first; empty for a run that stands alone
 * @param number which of them it is, from 1
 * @param of how many were planned, 1 or more
 */
public record Replication(String set, int number, int of) {

    /** More replicates are not taken. */
    public static final int MOST = 1_000;

    /** A run that stands alone. */
    public static final Replication ALONE = new Replication("", 1, 1);

    /** Refuses numbers that no set has. */
    public Replication {
        if (number < 1 || number > of || of > MOST || (set.isEmpty() && of > 1)) {
            throw new IllegalArgumentException(
                    "got replicate %d of %d of set '%s', expected 1 to %d of a set that has a name"
                            .formatted(number, of, set, MOST));
        }
    }

    /** Whether no other run is judged with it. */
    public boolean isAlone() {
        return set.isEmpty();
    }
}
