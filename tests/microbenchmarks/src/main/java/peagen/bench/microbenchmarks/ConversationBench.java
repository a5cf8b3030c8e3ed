package peagen.bench.microbenchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import peagen.bench.contract.StreamNames;
import peagen.bench.probeagent.domain.TaskWatch;
import peagen.bench.probeagent.domain.conversation.Conversation;
import peagen.bench.probeagent.domain.conversation.ConversationSettings;
import peagen.bench.probeagent.domain.conversation.Observations;
import peagen.bench.probeagent.domain.conversation.Observing;
import peagen.bench.probeagent.domain.conversation.Outlet;

/** What it costs to follow commands that mean nothing to us; the unit is one command with its reply. */
public class ConversationBench extends ShortBenchmark {

    private static final int COMMANDS = 128;
    private static final long NOW = 1_750_000_000_000_300L;

    private final byte[] commands = repeated("*3\r\n$3\r\nSET\r\n$6\r\nkey:12\r\n$10\r\nabcdefghij\r\n");
    private final byte[] replies = repeated("+OK\r\n");
    private final Conversation conversation = conversation();
    private final Count count = new Count();

    private static final class Count implements Outlet {
        private long bytes;

        @Override
        public void pass(int from, int to) {
            bytes += to - from;
        }

        @Override
        public void send(byte[] ours) {
            bytes += ours.length;
        }
    }

    private static Conversation conversation() {
        Observations observations = new Observations(run -> SampleTasks.envelope(0));
        return new Conversation(
                new ConversationSettings(StreamNames.peagen(), Observing.WRITE_AHEAD, 0, 1 << 20),
                observations,
                new TaskWatch(observations.log()),
                reason -> {},
                null);
    }

    private static byte[] repeated(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < COMMANDS; i++) {
            bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    /** Commands and replies, followed. */
    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    @Against("readEveryByte")
    public long follow() {
        conversation.fromClient(commands, 0, commands.length, NOW, count);
        conversation.answers().fromServer(replies, 0, replies.length, NOW, count);
        return count.bytes;
    }

    /** Reference: every byte looked at once. */
    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public long readEveryByte() {
        long sum = 0;
        for (byte next : commands) {
            sum = sum * 31 + next;
        }
        for (byte next : replies) {
            sum = sum * 31 + next;
        }
        return sum;
    }
}
