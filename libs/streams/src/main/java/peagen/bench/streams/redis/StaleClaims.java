package peagen.bench.streams.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.StreamBroker.StaleClaim;
import peagen.bench.streams.StreamBroker.StaleEntries;

/** XAUTOCLAIM, what it does not say (delivery counts), and what it leaves undone on Redis 6.2 (records of deleted entries). */
final class StaleClaims {

    /** XAUTOCLAIM looks at no more than this many pending records for every entry asked for. */
    private static final int SCANNED_PER_ENTRY = 10;

    /** Delivered once, claimed once: what is certain of an entry that was acknowledged before we could ask. */
    private static final int LEAST_DELIVERIES = 2;

    private final RedisCalls calls;

    private record Claimed(EntryId cursor, List<StreamEntry> entries, List<EntryId> deleted, boolean holes) {
        static Claimed of(Response reply) {
            List<EntryId> deleted = new ArrayList<>();
            if (reply.size() > 2) {
                reply.get(2).forEach(id -> deleted.add(Replies.id(id)));
            }
            List<StreamEntry> entries = Replies.entries(reply.get(1));
            return new Claimed(
                    Replies.id(reply.get(0)),
                    entries,
                    deleted,
                    entries.size() < reply.get(1).size());
        }
    }

    StaleClaims(RedisCalls calls) {
        this.calls = calls;
    }

    Future<StaleEntries> claim(StaleClaim claim) {
        String operation = "XAUTOCLAIM " + claim.stream() + " " + claim.group();
        return calls.healing(
                        claim.stream(),
                        claim.group(),
                        () -> calls.ask(operation, Requests.claimStale(claim), Claimed::of))
                .compose(claimed -> claimed.holes() ? withoutHoles(claim, claimed) : Future.succeededFuture(claimed))
                .compose(claimed -> withCounts(claim, claimed));
    }

    private Future<StaleEntries> withCounts(StaleClaim claim, Claimed claimed) {
        List<Request> questions = new ArrayList<>(claimed.entries().size());
        for (StreamEntry entry : claimed.entries()) {
            questions.add(Requests.pending(claim.stream(), claim.group(), entry.id(), entry.id(), 1));
        }
        if (questions.isEmpty()) {
            return Future.succeededFuture(new StaleEntries(claimed.cursor(), List.of(), List.of(), claimed.deleted()));
        }
        return calls.askAll("XPENDING " + claim.stream() + " " + claim.group(), questions, 0, replies -> {
            List<Integer> counts = new ArrayList<>(replies.size());
            for (Response reply : replies) {
                counts.add(
                        reply.size() == 0
                                ? LEAST_DELIVERIES
                                : Math.toIntExact(Replies.number(reply.get(0).get(3))));
            }
            return new StaleEntries(claimed.cursor(), claimed.entries(), counts, claimed.deleted());
        });
    }

    /** Finds the records of deleted entries that Redis 6.2 claims and answers as null, and drops them as Redis 7 does. */
    private Future<Claimed> withoutHoles(StaleClaim claim, Claimed claimed) {
        Set<EntryId> alive = new HashSet<>();
        claimed.entries().forEach(entry -> alive.add(entry.id()));
        EntryId to = claimed.cursor().equals(EntryId.MIN) ? EntryId.MAX : claimed.cursor();
        Request own = Requests.pending(
                        claim.stream(), claim.group(), claim.cursor(), to, claim.count() * SCANNED_PER_ENTRY + 1)
                .arg(claim.consumer());
        return calls.ask("XPENDING " + claim.stream(), own, Replies::pending).compose(pending -> {
            List<EntryId> suspects = new ArrayList<>();
            List<Request> questions = new ArrayList<>();
            pending.stream().filter(line -> !alive.contains(line.id())).forEach(line -> {
                suspects.add(line.id());
                questions.add(Requests.range(claim.stream(), line.id(), line.id(), 1));
            });
            if (suspects.isEmpty()) {
                return Future.succeededFuture(claimed);
            }
            return calls.askAll("XRANGE " + claim.stream(), questions, 0, replies -> gone(suspects, replies))
                    .compose(gone -> gone.isEmpty() ? Future.succeededFuture(claimed) : dropped(claim, claimed, gone));
        });
    }

    private static List<EntryId> gone(List<EntryId> suspects, List<Response> replies) {
        List<EntryId> gone = new ArrayList<>();
        for (int i = 0; i < suspects.size(); i++) {
            if (replies.get(i).size() == 0) {
                gone.add(suspects.get(i));
            }
        }
        return gone;
    }

    private Future<Claimed> dropped(StaleClaim claim, Claimed claimed, List<EntryId> gone) {
        return calls.ask(
                "XACK " + claim.stream(),
                Requests.acknowledge(claim.stream(), claim.group(), gone),
                count -> new Claimed(claimed.cursor(), claimed.entries(), gone, false));
    }
}
