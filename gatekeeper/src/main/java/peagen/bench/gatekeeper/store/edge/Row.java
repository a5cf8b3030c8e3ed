package peagen.bench.gatekeeper.store.edge;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/** The row that a result stands at: typed reads of its columns. */
record Row(ResultSet result) {

    private static final Instant EARLIEST = Instant.ofEpochSecond(-9_000_000_000_000L);
    private static final Instant LATEST = Instant.ofEpochSecond(9_000_000_000_000L);

    /** Makes something of a row. */
    interface Reading<T> {
        T of(Row row) throws SQLException;
    }

    String text(String column) throws SQLException {
        return Objects.requireNonNull(result.getString(column), column);
    }

    Optional<String> optionalText(String column) throws SQLException {
        return Optional.ofNullable(result.getString(column));
    }

    byte[] bytes(String column) throws SQLException {
        return Objects.requireNonNull(result.getBytes(column), column);
    }

    int count(String column) throws SQLException {
        return result.getInt(column);
    }

    long number(String column) throws SQLException {
        return result.getLong(column);
    }

    boolean flag(String column) throws SQLException {
        return result.getInt(column) != 0;
    }

    Instant instant(String column) throws SQLException {
        return Instant.EPOCH.plus(result.getLong(column), ChronoUnit.MICROS);
    }

    Optional<Instant> optionalInstant(String column) throws SQLException {
        Instant instant = instant(column);
        return result.wasNull() ? Optional.empty() : Optional.of(instant);
    }

    /** The µs that an instant is kept as; what is 285 000 years away counts as no further. */
    static long micros(Instant instant) {
        Instant near = instant.isAfter(LATEST) ? LATEST : instant.isBefore(EARLIEST) ? EARLIEST : instant;
        return ChronoUnit.MICROS.between(Instant.EPOCH, near);
    }
}
