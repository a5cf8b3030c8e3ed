package peagen.bench.gatekeeper.store.edge;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements on one connection. Values are texts, numbers, flags, instants, bytes, and optionals of these. */
record Session(Connection connection, Dialect dialect) {

    /** Executes a statement that changes rows; answers how many. */
    int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** All rows of a query. */
    <T> List<T> list(String sql, Row.Reading<T> reading, Object... values) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet result = statement.executeQuery()) {
            Row row = new Row(result);
            while (result.next()) {
                rows.add(reading.of(row));
            }
        }
        return rows;
    }

    /** The first row of a query. */
    <T> Optional<T> first(String sql, Row.Reading<T> reading, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet result = statement.executeQuery()) {
            return result.next() ? Optional.of(reading.of(new Row(result))) : Optional.empty();
        }
    }

    /** Executes a statement as it stands. */
    void execute(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private PreparedStatement prepared(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                bind(statement, i + 1, values[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException unbound) {
            statement.close();
            throw unbound;
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(index, Types.NULL);
            case Optional<?> optional -> bind(statement, index, optional.orElse(null));
            case String text -> statement.setString(index, storable(text));
            case Integer number -> statement.setInt(index, number);
            case Long number -> statement.setLong(index, number);
            case Boolean flag -> statement.setInt(index, flag ? 1 : 0);
            case Instant instant -> statement.setLong(index, Row.micros(instant));
            case byte[] bytes -> statement.setBytes(index, bytes);
            default -> throw new IllegalArgumentException("no column holds " + value.getClass());
        }
    }

    /** PostgreSQL keeps no NUL and no half of a character, and what a run is called comes from outside. */
    static String storable(String text) {
        boolean sound = true;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            sound &= isStorable(text.codePointAt(i));
        }
        if (sound) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> clean.appendCodePoint(isStorable(point) ? point : 0xFFFD));
        return clean.toString();
    }

    private static boolean isStorable(int point) {
        return point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
    }
}
