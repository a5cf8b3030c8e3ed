package peagen.bench.streams.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.streams.StreamBroker.GroupInfo;

/** Where the groups of a stream stand: how far each is, and what none of them needs any more. */
final class GroupPositions {

    private static final GroupInfo NOTHING = new GroupInfo(0, 0, 0, EntryId.MIN);
    private static final int PAGE = 1_000;
    private static final int FEW = 100;

    private final RedisCalls calls;

    private record Position(String group, long consumers, long pending, EntryId lastDelivered, Optional<Long> lag) {
        static List<Position> all(Response reply) {
            List<Position> positions = new ArrayList<>(reply.size());
            for (Response group : reply) {
                positions.add(new Position(
                        group.get("name").toString(),
                        Replies.number(group.get("consumers")),
                        Replies.number(group.get("pending")),
                        Replies.id(group.get("last-delivered-id")),
                        Optional.ofNullable(group.get("lag")).map(Replies::number)));
            }
            return positions;
        }
    }

    GroupPositions(RedisCalls calls) {
        this.calls = calls;
    }

    private Future<List<Position>> of(String stream) {
        return calls.ask("XINFO GROUPS " + stream, Requests.info("GROUPS", stream), Position::all)
                .recover(failure -> Failures.missingStream(failure)
                        ? Future.succeededFuture(List.of())
                        : Future.failedFuture(failure));
    }

    Future<GroupInfo> info(String stream, String group) {
        return of(stream)
                .compose(positions -> positions.stream()
                        .filter(position -> position.group().equals(group))
                        .findFirst()
                        .map(position -> lag(stream, position)
                                .map(lag -> new GroupInfo(
                                        position.consumers(), position.pending(), lag, position.lastDelivered())))
                        .orElse(Future.succeededFuture(NOTHING)));
    }

    /**
     * Redis 6.2 never knows the lag, Redis 7 not after deletions in the middle. And Redis 7.0 forgets, when it reads its
     * append-only file again, how much a group had read since that was rewritten last: from then on its lag is too large by that,
     * for ever. So a lag above 0 is compared with the stream.
     */
    private Future<Long> lag(String stream, Position position) {
        if (position.lag().filter(lag -> lag == 0).isPresent()) {
            return Future.succeededFuture(0L);
        }
        EntryId lastDelivered = position.lastDelivered();
        return calls.ask("XINFO STREAM " + stream, Requests.info("STREAM", stream), reply -> {
                    boolean seenAll = Replies.id(reply.get("last-generated-id")).compareTo(lastDelivered) <= 0;
                    Optional<EntryId> first =
                            Optional.ofNullable(reply.get("first-entry")).map(e -> Replies.id(e.get(0)));
                    boolean seenNone = first.isPresent() && first.get().compareTo(lastDelivered) > 0;
                    return new Stream(Replies.number(reply.get("length")), seenAll || first.isEmpty(), seenNone);
                })
                .compose(known -> known.seenAll()
                        ? Future.succeededFuture(0L)
                        : known.seenNone()
                                ? Future.succeededFuture(known.length())
                                : position.lag()
                                        .map(lag -> countedOr(Math.min(lag, known.length()), stream, lastDelivered))
                                        .orElseGet(() -> count(stream, lastDelivered, 0)));
    }

    /** What a stream says about itself. */
    private record Stream(long length, boolean seenAll, boolean seenNone) {}

    /** A few are counted; of many the server's number is near enough. */
    private Future<Long> countedOr(long lag, String stream, EntryId after) {
        return calls.ask("XRANGE " + stream, Requests.range(stream, after.next(), EntryId.MAX, FEW), page -> page)
                .map(page -> page.size() < FEW ? page.size() : lag);
    }

    private Future<Long> count(String stream, EntryId after, long before) {
        return calls.ask("XRANGE " + stream, Requests.range(stream, after.next(), EntryId.MAX, PAGE), page -> page)
                .compose(page -> page.size() < PAGE
                        ? Future.succeededFuture(before + page.size())
                        : count(stream, Replies.id(page.get(PAGE - 1).get(0)), before + PAGE));
    }

    /**
     * Trims in three steps, of which none can undo another's reason: between them groups only move forward. Only a group that
     * is created at the beginning of the stream in the very moment finds less than it might have.
     */
    Future<Long> trim(String stream) {
        return of(stream)
                .compose(positions -> positions.isEmpty()
                        ? Future.succeededFuture(0L)
                        : oldestNeeded(stream, positions)
                                .compose(id ->
                                        calls.ask("XTRIM " + stream, Requests.trim(stream, id), Replies::number)));
    }

    private Future<EntryId> oldestNeeded(String stream, List<Position> positions) {
        EntryId undelivered = positions.stream()
                .map(position -> position.lastDelivered().next())
                .min(EntryId::compareTo)
                .orElse(EntryId.MIN);
        List<Request> summaries = positions.stream()
                .filter(position -> position.pending() > 0)
                .map(position -> Requests.pendingSummary(stream, position.group()))
                .toList();
        if (summaries.isEmpty()) {
            return Future.succeededFuture(undelivered);
        }
        return calls.askAll(
                "XPENDING " + stream,
                summaries,
                0,
                replies -> replies.stream()
                        .filter(summary -> Replies.number(summary.get(0)) > 0)
                        .map(summary -> Replies.id(summary.get(1)))
                        .reduce(undelivered, (a, b) -> a.compareTo(b) <= 0 ? a : b));
    }
}
