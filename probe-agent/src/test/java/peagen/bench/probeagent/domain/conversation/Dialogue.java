package peagen.bench.probeagent.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.Envelope;
import peagen.bench.probeagent.Seen;
import peagen.bench.probeagent.domain.Hands;
import peagen.bench.probeagent.domain.ObservationLog;
import peagen.bench.probeagent.domain.TaskWatch;
import peagen.bench.probeagent.domain.envelope.PeagenEnvelopes;

/** A client, a conversation that is followed, and a Redis, in one thread. */
final class Dialogue {

    static final StreamNames STREAMS = StreamNames.peagen();
    static final String RUN = "run-1";

    private final FakeRedis redis;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final List<String> story = new ArrayList<>();
    private final List<Unobserved> unobserved = new ArrayList<>();
    private final List<Fields> elsewhere = new ArrayList<>();
    private final Observations observations;
    private final TaskWatch watch;
    private final Conversation conversation;
    private Runnable whenHurried = () -> {};
    private int storiesOfRedis;
    private long now = 1_000_000;

    Dialogue(Observing observing, Map<String, String> answers) {
        this(observing, answers, false, new Hands(1_000), 1 << 16);
    }

    Dialogue(Observing observing, Map<String, String> answers, boolean refusesEvents, Hands hands, int keptBytes) {
        redis = new FakeRedis(STREAMS.events(), refusesEvents, answers);
        // In batched mode every row is a whole batch, which goes in front of whatever comes next.
        int rowsPerBatch = observing == Observing.BATCHED ? 1 : ObservationLog.ROWS_PER_BATCH;
        observations = new Observations(run -> new Envelope("probe", 0, run, 0, 0), "", rowsPerBatch);
        watch = new TaskWatch(hands, PeagenEnvelopes.INSTANCE, observations.log());
        conversation = new Conversation(
                new ConversationSettings(STREAMS, observing, 0, keptBytes), observations, watch, unobserved::add, null);
    }

    /** What the client does as soon as it has a reply that was passed on before it was read. */
    Dialogue whenHurried(Runnable then) {
        whenHurried = then;
        return this;
    }

    /** The client sends, and Redis answers at once, {@code bite} bytes at a time. */
    Dialogue say(List<byte[]> pieces, int bite) {
        for (byte[] piece : pieces) {
            answer(send(piece), bite);
        }
        return this;
    }

    Dialogue say(String sent) {
        return say(List.of(sent.getBytes(StandardCharsets.ISO_8859_1)), Integer.MAX_VALUE);
    }

    /** The client sends; answers what Redis says to it and the client has not got yet. */
    byte[] send(byte[] piece) {
        ByteArrayOutputStream answered = new ByteArrayOutputStream();
        int from = 0;
        while (from < piece.length) {
            from = conversation.fromClient(piece, from, piece.length, ++now, toRedis(piece, answered));
            if (conversation.parked().waits()) {
                conversation.parked().settle();
                observations.take().forEach(this::record);
                conversation.parked().resume(toRedis(piece, answered));
            }
        }
        return answered.toByteArray();
    }

    /** Redis' words reach the client's side. */
    void answer(byte[] words, int bite) {
        for (int at = 0; at < words.length; at += Math.min(bite, words.length - at)) {
            byte[] bitten = Arrays.copyOfRange(words, at, at + Math.min(bite, words.length - at));
            conversation.answers().fromServer(bitten, 0, bitten.length, ++now, new Outlet() {
                @Override
                public void pass(int from, int to) {
                    received.write(bitten, from, to - from);
                }

                @Override
                public void send(byte[] bytes) {
                    received.writeBytes(bytes);
                }

                @Override
                public void hurry() {
                    whenHurried.run();
                }
            });
        }
    }

    private Outlet toRedis(byte[] piece, ByteArrayOutputStream answered) {
        return new Outlet() {
            @Override
            public void pass(int from, int to) {
                send(Arrays.copyOfRange(piece, from, to));
            }

            @Override
            public void send(byte[] bytes) {
                answered.writeBytes(redis.take(bytes));
                tell();
            }
        };
    }

    /** What happened at Redis, rows of events in the place of each event that it took. */
    private void tell() {
        for (; storiesOfRedis < redis.executed().size(); storiesOfRedis++) {
            String told = redis.executed().get(storiesOfRedis);
            if (told.equals("EVENT")) {
                int number = (int) redis.executed().subList(0, storiesOfRedis + 1).stream()
                        .filter(one -> one.equals("EVENT") || one.equals("REFUSED"))
                        .count();
                rows(redis.events().get(number - 1)).forEach(story::add);
            } else {
                story.add(told);
            }
        }
    }

    private static Stream<String> rows(List<byte[]> arguments) {
        Fields.Builder fields = Fields.builder();
        for (int i = 3; i + 1 < arguments.size(); i += 2) {
            fields.put(new String(arguments.get(i), StandardCharsets.UTF_8), arguments.get(i + 1));
        }
        return rows(fields.build());
    }

    private static Stream<String> rows(Fields entry) {
        return Seen.rows(Seen.batch(new StreamEntry(EntryId.MIN, entry))).map(Seen::told);
    }

    private void record(Fields entry) {
        elsewhere.add(entry);
        rows(entry).forEach(story::add);
    }

    /** The commands that Redis executed and the rows that were in Redis, in their order. */
    List<String> story() {
        return story;
    }

    /** Every row that was written, and what is still to be. */
    List<String> rows() {
        observations.take().forEach(this::record);
        return story.stream().filter(line -> line.matches("\\d+ [A-Z_]+ \\d+")).toList();
    }

    byte[] received() {
        return received.toByteArray();
    }

    String heard() {
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    FakeRedis redis() {
        return redis;
    }

    List<Unobserved> unobserved() {
        return unobserved;
    }

    Conversation conversation() {
        return conversation;
    }

    TaskWatch watch() {
        return watch;
    }

    /** What the client would have got and Redis executed without anybody in between. */
    static FakeRedis direct(byte[] sent, Map<String, String> answers, ByteArrayOutputStream received) {
        FakeRedis alone = new FakeRedis(STREAMS.events(), false, answers);
        received.writeBytes(alone.take(sent));
        return alone;
    }

    /** Redis got the client's bytes and the client Redis' answers, as if nobody was in between. */
    void assertTransparent(byte[] sent, Map<String, String> answers) {
        ByteArrayOutputStream alone = new ByteArrayOutputStream();
        direct(sent, answers, alone);
        assertThat(heard()).isEqualTo(alone.toString(StandardCharsets.ISO_8859_1));
        assertThat(redis.clients()).isEqualTo(Arrays.copyOf(sent, redis.clients().length));
    }
}
