package peagen.bench.runner.conformance.domain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.task.ResultEnvelope.Status;
import peagen.bench.runner.domain.Ending;

/** What is asked of a worker about single tasks. Pure functions from facts to findings. */
public final class TaskRules {

    private static final String GIVEN_BACK = "the task was given back before it was answered: is --idle long enough?";

    private TaskRules() {}

    /**
     * The first plain task.
     *
     * @param crash how the worker ended over it, if it did
     */
    public static Finding claim(Trail plain, Optional<Ending> crash) {
        if (crash.isPresent() && !plain.answered()) {
            Ending ending = crash.get();
            String seen = (plain.consumers().isEmpty() ? "dies before it claims a task: " : "dies on its first task: ")
                    + ending;
            return comparesListWithSet(ending.lastWords())
                    ? Point.CLAIM.fail(seen, Defect.CAPABILITY_LIST)
                    : Point.CLAIM.fail(seen);
        }
        if (!plain.answered()) {
            return Point.CLAIM.fail(
                    plain.consumers().isEmpty() ? "claims nothing" : "claims it; " + plain.whereabouts());
        }
        return plain.answers().get(0) == Status.OK
                ? Point.CLAIM.ok("answered 'ok'")
                : Point.CLAIM.fail(plain.whereabouts());
    }

    /** A plain task that takes longer than idle_ms: entries of other attempts would be taken for that of the answer. */
    private static boolean isGivenBack(Trail plain) {
        return plain.entries().size() > 1;
    }

    /** Python: "'<=' not supported between instances of 'list' and 'set'". */
    private static boolean comparesListWithSet(String words) {
        return words.contains("TypeError") && words.contains("list") && words.contains("set");
    }

    /** How the entry of the answered task {@code plain} is closed: points ACK and DELETE. */
    public static List<Finding> closing(Trail plain, Traffic traffic) {
        if (!plain.answered() || isGivenBack(plain)) {
            String reason = isGivenBack(plain) ? GIVEN_BACK : "no task was answered";
            return List.of(Point.ACK.notSeen(reason), Point.DELETE.notSeen(reason));
        }
        boolean heard = !traffic.commands().isEmpty();
        boolean acknowledged = !plain.pending()
                && (!heard || traffic.acknowledgement(plain.entries()).isPresent());
        Finding ack = acknowledged
                ? Point.ACK.ok("no longer pending")
                : plain.waiting()
                        ? Point.ACK.fail("answered, and still pending")
                        : Point.ACK.fail("deleted without an acknowledgement", Defect.DELETE_WITHOUT_ACK);
        Finding delete = !plain.waiting()
                ? Point.DELETE.ok("gone from the stream")
                : acknowledged
                        ? Point.DELETE.fail("acknowledged, and still in the stream", Defect.ACK_WITHOUT_DELETE)
                        : Point.DELETE.fail("answered, and still in the stream");
        return List.of(ack, delete);
    }

    /** In which order the answer of {@code plain} was sent. */
    public static Finding order(Trail plain, Traffic traffic, StreamNames streams) {
        if (isGivenBack(plain)) {
            return Point.ORDER.notSeen(GIVEN_BACK);
        }
        OptionalInt answer = traffic.answer(streams, plain.taskId());
        OptionalInt acknowledgement = traffic.acknowledgement(plain.entries());
        OptionalInt deletion = traffic.deletion(plain.entries());
        if (answer.isEmpty() || acknowledgement.isEmpty()) {
            return Point.ORDER.notSeen("no XADD of the result with an XACK was heard");
        }
        if (acknowledgement.getAsInt() < answer.getAsInt()) {
            return Point.ORDER.fail("acknowledged before the result was sent: a crash in between loses the task");
        }
        if (deletion.isPresent() && deletion.getAsInt() < acknowledgement.getAsInt()) {
            return Point.ORDER.fail("deleted before it was acknowledged");
        }
        return Point.ORDER.ok(deletion.isPresent() ? "XADD, XACK, XDEL" : "XADD, XACK");
    }

    /** A task whose payload holds keys that nobody knows. */
    public static Finding payloadKeys(Trail task) {
        return task.answers().contains(Status.OK)
                ? Point.PAYLOAD_KEYS.ok("answered 'ok'")
                : Point.PAYLOAD_KEYS.fail(task.whereabouts());
    }

    /**
     * A task that requires what the worker lacks.
     *
     * @param next a plain task behind it
     */
    public static Finding capabilities(Trail foreign, Trail next) {
        if (foreign.answered()) {
            return Point.CAPABILITIES.fail("took it: " + foreign.whereabouts());
        }
        if (foreign.dead()) {
            return Point.CAPABILITIES.fail("moved it to the dead letters: nobody else can take it");
        }
        if (foreign.settled()) {
            return Point.CAPABILITIES.fail("lost: neither in the stream nor pending");
        }
        return next.answered()
                ? Point.CAPABILITIES.ok("left to others, next task answered")
                : Point.CAPABILITIES.fail("left to others, but the next task was not answered");
    }

    /** A task whose handler fails. */
    public static Finding failure(Trail task) {
        if (task.answers().contains(Status.OK)) {
            return Point.FAILURE.notSeen("answered 'ok': its handler does not know 'fail'");
        }
        if (!task.over() || !(task.answers().contains(Status.ERROR) || task.dead())) {
            return Point.FAILURE.fail(task.whereabouts());
        }
        return task.answered()
                ? Point.FAILURE.ok("answered 'error'")
                : Point.FAILURE.ok("in the dead letters after %d retries".formatted(task.attempts()));
    }

    /**
     * An entry that holds no task.
     *
     * @param next a plain task behind it
     * @param crash how a worker ended over it, if one did
     */
    public static Finding poison(Trail entry, Trail next, Optional<Ending> crash) {
        String died = crash.map(ending -> "; a worker " + ending).orElse("");
        if (!entry.over() || !entry.dead()) {
            return Point.POISON.fail(entry.whereabouts() + died);
        }
        return next.answered()
                ? Point.POISON.ok("in the dead letters, next task answered" + died)
                : Point.POISON.fail("in the dead letters, but the next task was not answered" + died);
    }

    /** One task under two entry ids. */
    public static Finding resultOnce(Trail task) {
        return switch (task.answers().size()) {
            case 0 -> Point.RESULT_ONCE.fail(task.whereabouts());
            case 1 -> Point.RESULT_ONCE.ok("one result for two entries");
            default ->
                Point.RESULT_ONCE.fail(
                        "%d results for one task".formatted(task.answers().size()));
        };
    }
}
