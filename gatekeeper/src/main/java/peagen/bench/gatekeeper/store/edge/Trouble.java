package peagen.bench.gatekeeper.store.edge;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import peagen.bench.gatekeeper.history.domain.StoreException;
import peagen.bench.gatekeeper.store.domain.StoreAddress;

/** What is wrong with a database, in words for whoever runs the gatekeeper. */
final class Trouble {

    private static final String STORE = "store: ";

    private static final Map<String, String> STATES = Map.of(
            "53100", "its disk is full",
            "25006", "it is read-only",
            "28P01", "it does not take the password",
            "28000", "it does not let this user in",
            "3D000", "the server has no such database",
            "42501", "this user may not do that there",
            "25P03", "a transaction was left open for too long");

    private Trouble() {}

    /** The exception for something that did not go. */
    static StoreException with(String what, SQLException cause) {
        return new StoreException(STORE + "cannot " + what + ": " + reason(cause), cause);
    }

    /** The same, for whoever does not know yet which store it is. */
    static StoreException at(StoreAddress address, StoreException unusable) {
        String said = String.valueOf(unusable.getMessage());
        String what = said.startsWith(STORE) ? said.substring(STORE.length()) : said;
        return new StoreException("store %s: %s".formatted(address, what), unusable);
    }

    private static String reason(SQLException cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof UnknownHostException) {
                return "there is no host of that name";
            }
        }
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof SQLiteException sqlite) {
                return sqlite(sqlite);
            }
            if (each instanceof SQLException sql
                    && sql.getSQLState() != null
                    && known(sql).isPresent()) {
                return known(sql).orElseThrow();
            }
        }
        return oneLine(cause);
    }

    private static Optional<String> known(SQLException sql) {
        String state = sql.getSQLState();
        return state.startsWith("08") || state.startsWith("57P")
                ? Optional.of("the server does not answer (" + oneLine(sql) + ")")
                : Optional.ofNullable(STATES.get(state));
    }

    private static String sqlite(SQLiteException exception) {
        SQLiteErrorCode code = exception.getResultCode();
        return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) {
            case SQLITE_BUSY, SQLITE_LOCKED -> "another program holds it locked";
            case SQLITE_FULL -> "its disk is full, or it has reached its largest size";
            case SQLITE_READONLY, SQLITE_PERM -> "it is read-only";
            case SQLITE_CANTOPEN -> "its file cannot be opened";
            case SQLITE_NOTADB -> "its file is no database";
            case SQLITE_CORRUPT -> "its file is damaged";
            case SQLITE_IOERR -> "its disk does not read or write (" + code.name() + ")";
            default -> oneLine(exception);
        };
    }

    private static String oneLine(Throwable cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
