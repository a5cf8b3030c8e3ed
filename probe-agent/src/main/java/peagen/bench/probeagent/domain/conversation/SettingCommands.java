package peagen.bench.probeagent.domain.conversation;

import org.jspecify.annotations.Nullable;
import peagen.bench.probeagent.domain.resp.Command;
import peagen.bench.probeagent.domain.resp.Verb;

/** Commands that set how later ones of the connection are understood: SELECT, RESET, and CLIENT with its REPLY and SETNAME. */
final class SettingCommands {

    private final ConnectionState state;
    private final Transaction transaction;
    private final Expectations expectations;
    private volatile String clientName = "";

    SettingCommands(ConnectionState state, Transaction transaction, Expectations expectations) {
        this.state = state;
        this.transaction = transaction;
        this.expectations = expectations;
    }

    /** The name that the client gave its connection; empty without. From any thread. */
    String clientName() {
        return clientName;
    }

    /** Takes one of them; answers why nothing can be followed any more, null where it can. */
    @Nullable
    Unobserved take(Command command) {
        if (command.verb() == Verb.RESET) {
            transaction.clear();
            state.reset();
            expectSelected(0);
            return null;
        }
        return command.verb() == Verb.SELECT ? select(command) : client(command);
    }

    private @Nullable Unobserved select(Command command) {
        if (state.inTransaction()) {
            return Unobserved.STATE_IN_TRANSACTION;
        }
        if (command.size() == 2) {
            expectSelected(state.select(command.text(1)));
        } else {
            expectPlain();
        }
        return null;
    }

    private void expectSelected(int database) {
        if (state.nextIsAnswered()) {
            state.selecting();
            expectations.add(new Expected.OfSelect(database));
        }
    }

    private @Nullable Unobserved client(Command command) {
        if (command.size() == 3 && command.is(1, "SETNAME")) {
            clientName = command.text(2);
        }
        if (command.size() != 3 || !command.is(1, "REPLY")) {
            if (state.inTransaction()) {
                transaction.add(null);
            }
            expectPlain();
        } else if (state.inTransaction()) {
            return Unobserved.STATE_IN_TRANSACTION;
        } else if (state.reply(command)) {
            expectations.plain();
        }
        return null;
    }

    private void expectPlain() {
        if (state.nextIsAnswered()) {
            expectations.plain();
        }
    }
}
