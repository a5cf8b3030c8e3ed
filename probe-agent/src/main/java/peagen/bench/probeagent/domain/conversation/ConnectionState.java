package peagen.bench.probeagent.domain.conversation;

import peagen.bench.probeagent.domain.resp.Command;

/** What a connection's earlier commands make of its later ones: transaction, database, and which replies it wants. */
final class ConnectionState {

    private boolean inTransaction;
    private boolean repliesOff;
    private boolean skipsNext;
    private boolean refusesOurs;
    private int database;

    boolean inTransaction() {
        return inTransaction;
    }

    void multi(boolean begun) {
        inTransaction = begun;
    }

    int database() {
        return database;
    }

    void database(int index) {
        database = index;
    }

    void select(String index) {
        try {
            database = Integer.parseInt(index);
        } catch (NumberFormatException refusedByRedis) {
            // The reply is an error, and the database stays.
        }
    }

    /** Whether the connection's commands are answered. */
    boolean replies() {
        return !repliesOff;
    }

    /** Whether a command of ours may be put in between, now. */
    boolean takesOurs() {
        return !inTransaction && !skipsNext && !refusesOurs;
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

    /** CLIENT REPLY ON, OFF or SKIP; whether it is answered itself. An unknown word is answered by an error. */
    boolean reply(Command command) {
        if (command.is(2, "ON")) {
            repliesOff = false;
            skipsNext = false;
            return true;
        }
        if (command.is(2, "OFF")) {
            repliesOff = true;
            return false;
        }
        if (command.is(2, "SKIP")) {
            skipsNext = !repliesOff;
            return false;
        }
        return nextIsAnswered();
    }

    /** RESET: as freshly connected, and answered. */
    void reset() {
        inTransaction = false;
        repliesOff = false;
        skipsNext = false;
        database = 0;
    }
}
