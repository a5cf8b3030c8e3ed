package peagen.bench.runner.conformance.edge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import peagen.bench.probeagent.domain.TrafficListener;
import peagen.bench.runner.conformance.domain.Command;
import peagen.bench.runner.conformance.domain.Traffic;

/** Keeps what it hears, up to a limit far beyond what a check needs. From any thread. */
final class HeardCommands implements TrafficListener {

    private static final int KEPT = 500_000;
    private static final int LONGEST_WORD = 1024;

    private final List<Command> commands = new ArrayList<>();

    @Override
    public void command(long connection, List<byte[]> arguments, long atMicros) {
        Command command = new Command(
                connection, arguments.stream().map(HeardCommands::word).toList());
        synchronized (commands) {
            if (commands.size() < KEPT) {
                commands.add(command);
            }
        }
    }

    Traffic heard() {
        synchronized (commands) {
            return new Traffic(commands);
        }
    }

    private static String word(byte[] bytes) {
        byte[] start = bytes.length > LONGEST_WORD ? Arrays.copyOf(bytes, LONGEST_WORD) : bytes;
        return new String(start, StandardCharsets.UTF_8);
    }
}
