package peagen.bench.probeagent.domain.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.probeagent.domain.TaskWatch;
import peagen.bench.probeagent.domain.resp.Command;
import peagen.bench.probeagent.domain.resp.Verb;

/** Reads what a worker asks of the farm's streams: claims, results, acknowledgements, tasks given back. */
final class FarmCommands {

    private final StreamNames streams;
    private final TaskWatch watch;
    private final Consumer<Unobserved> unobserved;

    FarmCommands(StreamNames streams, TaskWatch watch, Consumer<Unobserved> unobserved) {
        this.streams = streams;
        this.watch = watch;
        this.unobserved = unobserved;
    }

    /** Whether a command on {@code key} may be one of ours. */
    static boolean isFarms(StreamNames streams, String key) {
        return key.equals(streams.tasks()) || key.equals(streams.results()) || key.equals(streams.deadLetters());
    }

    /** What {@code command}, asked for at {@code nowMicros}, does to the farm's tasks; null when that is nothing. */
    @Nullable
    Effect effect(Command command, long nowMicros) {
        if (!command.kept()) {
            if (command.verb() != Verb.OTHER) {
                unobserved.accept(Unobserved.TOO_LARGE);
            }
            return null;
        }
        return switch (command.verb()) {
            case XREADGROUP -> readGroup(command);
            case XAUTOCLAIM -> autoClaim(command);
            case XCLAIM -> claim(command);
            case XACK -> acknowledge(command, nowMicros);
            case XACKDEL -> acknowledgeAndDelete(command, nowMicros);
            case XDEL -> delete(command);
            case XADD -> append(command, nowMicros);
            case EVAL, EVALSHA, FCALL -> script(command);
            default -> null;
        };
    }

    /** Whether a command that begins with {@code verb} may have an effect by its asking alone. */
    static boolean maySettle(Verb verb) {
        return verb == Verb.XACK || verb == Verb.XACKDEL || verb == Verb.XADD;
    }

    private @Nullable Effect readGroup(Command command) {
        int streamsAt = 0;
        boolean noAck = false;
        for (int i = 4; i < command.size() && streamsAt == 0; i++) {
            noAck |= command.is(i, "NOACK");
            streamsAt = command.is(i, "STREAMS") ? i : 0;
        }
        if (streamsAt == 0 || !command.is(1, "GROUP") || !command.text(2).equals(streams.group())) {
            return null;
        }
        int count = (command.size() - streamsAt - 1) / 2;
        for (int i = streamsAt + 1; i <= streamsAt + count; i++) {
            if (command.text(i).equals(streams.tasks())) {
                if (noAck) {
                    unobserved.accept(Unobserved.WITHOUT_ACK);
                }
                watch.consumer(command.text(3));
                boolean again = !command.is(i + count, ">");
                return ClaimReplies.ofRead(streams.tasks(), watch, again);
            }
        }
        return null;
    }

    private @Nullable Effect autoClaim(Command command) {
        return command.size() < 6 || isForeign(command, 2) || isJustIds(command)
                ? null
                : ClaimReplies.ofAutoClaim(claimer(command, 3));
    }

    private @Nullable Effect claim(Command command) {
        return command.size() < 6 || isForeign(command, 2) || isJustIds(command)
                ? null
                : ClaimReplies.ofClaim(claimer(command, 3));
    }

    private TaskWatch claimer(Command command, int consumerAt) {
        watch.consumer(command.text(consumerAt));
        return watch;
    }

    /** Ids alone: the worker has not got the tasks, and will have to read them some other way. */
    private static boolean isJustIds(Command command) {
        for (int i = 5; i < command.size(); i++) {
            if (command.is(i, "JUSTID")) {
                return true;
            }
        }
        return false;
    }

    private boolean isForeign(Command command, int groupAt) {
        return !command.text(1).equals(streams.tasks())
                || !command.text(groupAt).equals(streams.group());
    }

    private @Nullable Effect acknowledge(Command command, long nowMicros) {
        return command.size() <= 3 || isForeign(command, 2)
                ? null
                : new Effect.Acknowledged(watch, ids(command, 3), 0, nowMicros);
    }

    /** {@code XACKDEL key group [KEEPREF | DELREF | ACKED] IDS count id …}. */
    private @Nullable Effect acknowledgeAndDelete(Command command, long nowMicros) {
        for (int i = 3; i < command.size() && i < 6; i++) {
            if (command.is(i, "IDS") && !isForeign(command, 2)) {
                List<EntryId> ids = ids(command, i + 2);
                return new Effect.Acknowledged(watch, ids, ids.size(), nowMicros);
            }
        }
        return null;
    }

    private @Nullable Effect delete(Command command) {
        if (command.size() < 3 || !command.text(1).equals(streams.tasks())) {
            return null;
        }
        int count = command.size() - 2;
        return (Effect.OfRequest) () -> watch.deleted(count);
    }

    private static List<EntryId> ids(Command command, int from) {
        List<EntryId> ids = new ArrayList<>(command.size() - from);
        for (int i = from; i < command.size(); i++) {
            command.entryId(i).ifPresent(ids::add);
        }
        return ids;
    }

    private @Nullable Effect append(Command command, long nowMicros) {
        int idAt = entryIdAt(command);
        String stream = command.text(1);
        boolean result = stream.equals(streams.results());
        if (idAt + 2 >= command.size() || (!result && watch.nobodyHoldsAny())) {
            return null;
        }
        List<String> names = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        for (int i = idAt + 1; i + 1 < command.size(); i += 2) {
            names.add(command.text(i));
            values.add(command.copy(i + 1));
        }
        List<Fields> entries = List.of(Fields.of(names, values));
        Runnable taken;
        if (result) {
            taken = watch.appendingResults(entries, nowMicros);
        } else if (stream.equals(streams.deadLetters())) {
            taken = watch.appendingDeadLetters(entries);
        } else {
            taken = watch.appendingTasks(entries, nowMicros);
        }
        return taken.equals(TaskWatch.NOTHING) ? null : (Effect.OfRequest) taken::run;
    }

    /** {@code XADD key [NOMKSTREAM] [KEEPREF | DELREF | ACKED] [MAXLEN | MINID [= | ~] threshold [LIMIT count]] id …}. */
    private static int entryIdAt(Command command) {
        int at = 2;
        while (at < command.size()) {
            if (command.is(at, "MAXLEN") || command.is(at, "MINID")) {
                at++;
                at += at < command.size() && (command.is(at, "~") || command.is(at, "=")) ? 2 : 1;
            } else if (command.is(at, "LIMIT")) {
                at += 2;
            } else if (command.is(at, "NOMKSTREAM")
                    || command.is(at, "KEEPREF")
                    || command.is(at, "DELREF")
                    || command.is(at, "ACKED")) {
                at++;
            } else {
                return at;
            }
        }
        return at;
    }

    /** {@code EVAL script count key …}: what it does to the farm's streams stays in it. */
    private @Nullable Effect script(Command command) {
        for (int i = 3; i < command.size(); i++) {
            if (isFarms(streams, command.text(i))) {
                unobserved.accept(Unobserved.SCRIPTED);
                break;
            }
        }
        return null;
    }
}
