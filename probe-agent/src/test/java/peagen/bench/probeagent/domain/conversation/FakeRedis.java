package peagen.bench.probeagent.domain.conversation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import peagen.bench.probeagent.domain.resp.Command;
import peagen.bench.probeagent.domain.resp.CommandScanner;

/**
 * As much of Redis as a conversation can tell apart: transactions, CLIENT REPLY, SELECT, RESET, and a fixed answer to every command
 * that depends on its arguments, or the answer that it is told to give. What was appended to the stream of events is on a list of its own, with how
 * many of the client's bytes had come by then.
 */
@SuppressWarnings("RefactorSwitch") // some cases have side effects, and all read alike
final class FakeRedis {

    private final CommandScanner scanner = new CommandScanner(key -> true, true, 1 << 20);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> executed = new ArrayList<>();
    private final ByteArrayOutputStream clients = new ByteArrayOutputStream();
    private final List<List<byte[]>> events = new ArrayList<>();
    private final String eventStream;
    private final boolean refusesEvents;
    private final Map<String, String> answers;
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private List<List<String>> queued = new ArrayList<>();
    private boolean multi;
    private boolean off;
    private boolean skip;
    private boolean skipNext;

    FakeRedis(String eventStream, boolean refusesEvents, Map<String, String> answers) {
        this.eventStream = eventStream;
        this.refusesEvents = refusesEvents;
        this.answers = answers;
    }

    /** The client's commands in the order in which they took effect, and {@code EVENT} for each event. */
    List<String> executed() {
        return executed;
    }

    /** Everything that came but events. */
    byte[] clients() {
        return clients.toByteArray();
    }

    /** The arguments of each XADD of an event. */
    List<List<byte[]>> events() {
        return events;
    }

    /** Takes bytes; answers what it sends. */
    byte[] take(byte[] bytes) {
        out.reset();
        int from = 0;
        int end = scanner.scan(bytes, 0, bytes.length);
        while (end >= 0) {
            open.write(bytes, from, end - from);
            whole(scanner.command(), open.toByteArray());
            open.reset();
            from = end;
            end = scanner.scan(bytes, from, bytes.length);
        }
        open.write(bytes, from, bytes.length - from);
        return out.toByteArray();
    }

    /** What has come of a command that is not whole. */
    byte[] open() {
        return open.toByteArray();
    }

    private void whole(Command command, byte[] sent) {
        List<byte[]> copies = command.copies();
        List<String> words = copies.stream()
                .map(word -> new String(word, StandardCharsets.ISO_8859_1))
                .toList();
        boolean event =
                words.size() > 3 && words.get(0).equals("XADD") && words.get(1).equals(eventStream);
        if (event) {
            if (multi || skip || off) {
                throw new AssertionError("an event where it does harm: " + executed);
            }
            events.add(copies);
        } else {
            clients.writeBytes(sent);
        }
        if (!words.isEmpty()) {
            String reply = event ? appended() : answer(words);
            if (!off && !skip) {
                out.writeBytes(reply.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        skip = skipNext;
        skipNext = false;
    }

    private String appended() {
        executed.add(refusesEvents ? "REFUSED" : "EVENT");
        return refusesEvents ? "-NOPERM no\r\n" : "$3\r\n7-7\r\n";
    }

    private String answer(List<String> words) {
        String name = words.get(0).toUpperCase(Locale.ROOT);
        if (multi && !Set.of("EXEC", "DISCARD", "MULTI", "WATCH", "RESET").contains(name)) {
            queued.add(words);
            return "+QUEUED\r\n";
        }
        switch (name) {
            case "MULTI" -> {
                if (multi) {
                    return "-ERR MULTI calls can not be nested\r\n";
                }
                multi = true;
                return "+OK\r\n";
            }
            case "DISCARD" -> {
                boolean was = multi;
                multi = false;
                queued = new ArrayList<>();
                return was ? "+OK\r\n" : "-ERR DISCARD without MULTI\r\n";
            }
            case "EXEC" -> {
                if (!multi) {
                    return "-ERR EXEC without MULTI\r\n";
                }
                multi = false;
                StringBuilder all = new StringBuilder("*" + queued.size() + "\r\n");
                queued.forEach(one -> all.append(plain(one)));
                queued = new ArrayList<>();
                return all.toString();
            }
            case "RESET" -> {
                multi = false;
                queued = new ArrayList<>();
                off = false;
                return "+RESET\r\n";
            }
            case "CLIENT" -> {
                return words.size() == 3 && words.get(1).equalsIgnoreCase("REPLY")
                        ? replies(words.get(2))
                        : plain(words);
            }
            default -> {
                return plain(words);
            }
        }
    }

    private String replies(String word) {
        switch (word.toUpperCase(Locale.ROOT)) {
            case "ON" -> {
                off = false;
                skip = false;
                return "+OK\r\n";
            }
            case "OFF" -> {
                off = true;
                return "";
            }
            case "SKIP" -> {
                skipNext = !off;
                return "";
            }
            default -> {
                return "-ERR syntax error\r\n";
            }
        }
    }

    private String plain(List<String> words) {
        String said = String.join(" ", words);
        executed.add(said);
        for (Map.Entry<String, String> known : answers.entrySet()) {
            if (said.startsWith(known.getKey())) {
                return known.getValue();
            }
        }
        return switch (said.length() % 4) {
            case 0 -> ":" + said.length() + "\r\n";
            case 1 -> "$" + said.length() + "\r\n" + said + "\r\n";
            case 2 -> "-ERR " + said.length() + "\r\n";
            default -> "*2\r\n+OK\r\n*-1\r\n";
        };
    }
}
