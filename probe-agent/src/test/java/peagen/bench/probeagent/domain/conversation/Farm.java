package peagen.bench.probeagent.domain.conversation;

import static peagen.bench.probeagent.domain.resp.Pieces.command;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.task.ResultEnvelope.Status;
import peagen.bench.probeagent.Seen;

/** What workers and Redis say to each other about tasks. Task {@code n} is in entry {@code n-0}. */
@SuppressWarnings("StringConcatToTextBlock") // bytes, whose line ends matter
final class Farm {

    private static final StreamNames STREAMS = StreamNames.peagen();

    private Farm() {}

    static String read(String consumer) {
        return command("XREADGROUP", "GROUP", "peagen", consumer, "COUNT", "9", "STREAMS", STREAMS.tasks(), ">");
    }

    static String result(long task) {
        return command("XADD", STREAMS.results(), "*", "data", data(Seen.result(Dialogue.RUN, task, Status.OK)));
    }

    static String giveBack(long task) {
        return command(
                "XADD", STREAMS.tasks(), "MAXLEN", "~", "100", "*", "data", data(Seen.task(Dialogue.RUN, task, 1)));
    }

    static String deadLetter(long task) {
        return command("XADD", STREAMS.deadLetters(), "*", "data", data(Seen.task(Dialogue.RUN, task, 3)));
    }

    static String ack(long... tasks) {
        String[] words = new String[3 + tasks.length];
        words[0] = "XACK";
        words[1] = STREAMS.tasks();
        words[2] = STREAMS.group();
        for (int i = 0; i < tasks.length; i++) {
            words[3 + i] = tasks[i] + "-0";
        }
        return command(words);
    }

    private static String data(Fields entry) {
        return new String(entry.value(0), StandardCharsets.UTF_8);
    }

    static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    /** {@code [[id, [data, …]], …]}. */
    static String entries(long... tasks) {
        return "*" + tasks.length + "\r\n"
                + LongStream.of(tasks).mapToObj(Farm::entry).collect(Collectors.joining());
    }

    static String entry(long task) {
        return "*2\r\n" + bulk(task + "-0") + "*2\r\n" + bulk("data") + bulk(data(Seen.task(Dialogue.RUN, task, 0)));
    }

    /** The answer to a claim in RESP2. */
    static String claimed(long... tasks) {
        return "*1\r\n*2\r\n" + bulk(STREAMS.tasks()) + entries(tasks);
    }

    /** The answer to a claim in RESP3. */
    static String claimedInMap(long... tasks) {
        return "%1\r\n" + bulk(STREAMS.tasks()) + entries(tasks);
    }
}
