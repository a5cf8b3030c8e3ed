package peagen.bench.gatekeeper.store.edge;

/**
 * In what the two databases differ.
 *
 * @param text a column type for text that is ordered byte by byte
 * @param bytes a column type for binary values
 * @param migrationLock what is executed first in the transaction of the migrations, so that they happen once; empty where the
 *     transaction itself keeps others out
 * @param skipLocked follows a query whose rows of table {@code d} are to be changed, so that those that somebody else is changing are passed over
 * @param share follows a query whose row nobody may change until the transaction is over
 */
record Dialect(String text, String bytes, String migrationLock, String skipLocked, String share) {

    /** Has one writer at a time. */
    static final Dialect SQLITE = new Dialect("TEXT", "BLOB", "", "", "");

    /** The number of the lock is any that others are unlikely to take. */
    static final Dialect POSTGRES = new Dialect(
            "TEXT COLLATE \"C\"",
            "BYTEA",
            "SELECT pg_advisory_xact_lock(7310868735423)",
            " FOR UPDATE OF d SKIP LOCKED",
            " FOR SHARE");
}
