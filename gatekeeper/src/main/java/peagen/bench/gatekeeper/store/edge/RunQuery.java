package peagen.bench.gatekeeper.store.edge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import peagen.bench.gatekeeper.history.domain.RunFilter;
import peagen.bench.gatekeeper.history.domain.StoredRun;

/**
 * A page of runs, as SQL. A cursor names the last run of the page before by its instant and key, so that runs that come or go
 * meanwhile shift nothing.
 */
final class RunQuery {

    private static final int LARGEST_PAGE = 1_000;
    private static final Pattern CURSOR = Pattern.compile("(-?\\d{1,19}):(.*)", Pattern.DOTALL);

    private final StringBuilder where = new StringBuilder("SELECT * FROM run WHERE 1 = 1");
    private final List<Object> values = new ArrayList<>();

    private RunQuery() {}

    /**
     * The page behind {@code cursor}, and one run more, so that it shows whether there is another page.
     *
     * @throws IllegalArgumentException when {@code cursor} is none, or {@code limit} is out of bounds
     */
    static RunQuery of(RunFilter filter, Optional<String> cursor, int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new IllegalArgumentException("limit: got " + limit + ", expected 1 to " + LARGEST_PAGE);
        }
        RunQuery query = new RunQuery();
        query.and(" AND scenario = ?", filter.scenario());
        query.and(" AND environment = ?", filter.environment());
        query.and(" AND profile = ?", filter.profile());
        query.and(" AND repository = ?", filter.repository());
        query.and(" AND sha = ?", filter.sha());
        query.and(" AND replicate_set = ?", filter.set());
        query.and(" AND stage = ?", filter.stage().map(Enum::name));
        query.and(" AND state = ?", filter.state().map(Enum::name));
        query.and(" AND created_us >= ?", filter.since());
        query.and(" AND created_us < ?", filter.until());
        cursor.ifPresent(query::behind);
        query.and(" ORDER BY created_us DESC, run_key LIMIT ?", Optional.of(limit + 1));
        return query;
    }

    private void and(String condition, Optional<?> value) {
        value.ifPresent(wanted -> {
            where.append(condition);
            values.add(wanted);
        });
    }

    private void behind(String cursor) {
        try {
            Matcher parts = CURSOR.matcher(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
            if (parts.matches()) {
                long created = Long.parseLong(parts.group(1));
                where.append(" AND (created_us < ? OR (created_us = ? AND run_key > ?))");
                values.addAll(List.of(created, created, parts.group(2)));
                return;
            }
        } catch (IllegalArgumentException notOurs) {
            throw noCursor(notOurs);
        }
        throw noCursor(new IllegalArgumentException("not ours"));
    }

    private static IllegalArgumentException noCursor(Exception cause) {
        return new IllegalArgumentException("cursor: is none that a page came with", cause);
    }

    static String cursorAfter(StoredRun run) {
        String place = Row.micros(run.created()) + ":" + RunRows.key(run.runId());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    String sql() {
        return where.toString();
    }

    Object[] values() {
        return values.toArray();
    }
}
