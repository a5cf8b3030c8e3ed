package peagen.bench.probeagent.domain.conversation;

import peagen.bench.probeagent.domain.resp.Command;

/** What a connection's earlier commands make of its later ones: transaction, database, and which replies it wants. */
final class ConnectionState {

    private boolean inTransaction;
    private long transaction;
    private boolean repliesOff;
    private boolean skipsNext;
    private boolean choseReplies;
    private boolean refusesOurs;
    private int database;
    private int confirmedDatabase;
    private int selecting;

    boolean inTransaction() {
        return inTransaction;
    }

    /** MULTI; answers the number of the transaction that it begins. */
    long multi() {
        inTransaction = true;
        return ++transaction;
    }

    void endTransaction() {
        inTransaction = false;
    }

    /** The MULTI of that number was an error. */
    void refuseMulti(long number) {
        inTransaction &= number != transaction;
    }

    /** The database that commands work on, if no SELECT on its way is an error. */
    int database() {
        return database;
    }

    /** SELECT; answers the index that it asks for, which is the database from now on, or the one before if there is no such. */
    int select(String index) {
        try {
            database = Integer.parseInt(index);
        } catch (NumberFormatException refusedByRedis) {
            // The reply is an error, and the database stays.
        }
        return database;
    }

    /** A SELECT or RESET will be answered. */
    void selecting() {
        selecting++;
    }

    /** A SELECT or RESET was answered. Behind the last error of them the database is the one that was confirmed last. */
    void selected(int index, boolean refused) {
        selecting--;
        if (!refused) {
            confirmedDatabase = index;
        } else if (selecting == 0) {
            database = confirmedDatabase;
        }
    }

    /**
     * Whether a command of ours may be put in between, now. Not on a connection that ever chose which replies it gets: whether
     * Redis let it is not always told, and then one reply too many would reach the client.
     */
    boolean takesOurs() {
        return !inTransaction && !choseReplies && !refusesOurs;
    }

    /** Redis refused a command of ours here; a user without the right to write it, say. */
    void refuseOurs() {
        refusesOurs = true;
    }

    /** Whether the command at hand is answered; asked once for each command. */
    boolean nextIsAnswered() {
        boolean skipped = skipsNext;
        skipsNext = false;
        return !repliesOff && !skipped;
    }

    /** A command with nothing in it: it is what CLIENT REPLY SKIP skips. */
    void nothing() {
        skipsNext = false;
    }

    /** CLIENT REPLY ON, OFF or SKIP; whether it is answered itself. An unknown word is answered by an error. */
    boolean reply(Command command) {
        choseReplies = true;
        if (command.is(2, "ON")) {
            repliesOff = false;
            skipsNext = false;
            return true;
        }
        if (command.is(2, "OFF")) {
            repliesOff = true;
            skipsNext = false;
            return false;
        }
        if (command.is(2, "SKIP")) {
            skipsNext = !repliesOff;
            return false;
        }
        return nextIsAnswered();
    }

    /** RESET: as freshly connected, and answered unless CLIENT REPLY SKIP came just before. */
    void reset() {
        inTransaction = false;
        repliesOff = false;
        database = 0;
    }
}
