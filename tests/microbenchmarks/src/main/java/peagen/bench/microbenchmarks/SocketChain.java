package peagen.bench.microbenchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.streams.RedisAddress;

/** Reference: the same commands by hand. One thread takes the oldest batch's replies and sends that batch's next commands. */
final class SocketChain implements Chain {

    private final SocketClient client;
    private final List<List<byte[]>> appends;
    private final int batch;

    private enum Stage {
        APPENDING,
        READING,
        FINISHING
    }

    SocketChain(RedisAddress address) throws IOException {
        this(address, SampleTasks.READ);
    }

    /** The same with {@code batch} tasks at a time. */
    SocketChain(RedisAddress address, int batch) throws IOException {
        this.batch = batch;
        client = new SocketClient(address);
        appends =
                SampleTasks.taskEntries(batch).stream().map(SocketChain::append).toList();
    }

    private static List<byte[]> append(StreamEntry task) {
        List<byte[]> command = SocketClient.command("XADD", STREAM, "*", TaskEnvelope.FIELD);
        command.add(task.fields().value(0));
        return command;
    }

    @Override
    public long run(Steps steps, int inFlight, Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        ArrayDeque<Stage> lanes = new ArrayDeque<>(inFlight);
        for (int lane = 0; lane < inFlight; lane++) {
            sendAppends();
            lanes.add(Stage.APPENDING);
        }
        long tasks = 0;
        while (!lanes.isEmpty()) {
            client.flush();
            switch (lanes.remove()) {
                case APPENDING -> {
                    skipWords(batch);
                    if (steps == Steps.ALL) {
                        sendRead();
                        lanes.add(Stage.READING);
                    } else {
                        tasks += batch;
                        startAgain(lanes, end);
                    }
                }
                case READING -> {
                    List<byte[]> ids = client.idsOfRead();
                    tasks += ids.size();
                    sendAll(SocketClient.command("XACK", STREAM, GROUP), ids);
                    sendAll(SocketClient.command("XDEL", STREAM), ids);
                    lanes.add(Stage.FINISHING);
                }
                case FINISHING -> {
                    skipWords(2);
                    startAgain(lanes, end);
                }
            }
        }
        return tasks;
    }

    private void startAgain(ArrayDeque<Stage> lanes, long end) throws IOException {
        if (System.nanoTime() - end < 0) {
            sendAppends();
            lanes.add(Stage.APPENDING);
        }
    }

    private void sendAppends() throws IOException {
        for (List<byte[]> append : appends) {
            client.write(append);
        }
    }

    private void sendRead() throws IOException {
        String count = Integer.toString(batch);
        client.write(
                SocketClient.command("XREADGROUP", "GROUP", GROUP, "worker-1", "COUNT", count, "STREAMS", STREAM, ">"));
    }

    private void sendAll(List<byte[]> command, List<byte[]> ids) throws IOException {
        command.addAll(ids);
        client.write(command);
    }

    private void skipWords(int words) throws IOException {
        for (int word = 0; word < words; word++) {
            client.word();
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
