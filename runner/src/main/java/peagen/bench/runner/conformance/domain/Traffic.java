package peagen.bench.runner.conformance.domain;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;

/** What was heard on the wire, in the order in which it was heard. */
public record Traffic(List<Command> commands) {

    private static final Set<String> READS = Set.of("XREAD", "XRANGE", "XREVRANGE");
    private static final Set<String> BEGINNINGS = Set.of("0", "0-0", "-", "0-1");

    /** Copies the list. */
    public Traffic {
        commands = List.copyOf(commands);
    }

    /** Everything after the first {@code count} commands. */
    public Traffic since(int count) {
        return new Traffic(commands.subList(Math.min(count, commands.size()), commands.size()));
    }

    /** How the claims of tasks were waited for: the argument of BLOCK, or "none". */
    public List<String> blocks() {
        return commands.stream()
                .filter(command -> command.name().equals("XREADGROUP"))
                .map(command -> command.after("BLOCK").orElse("none"))
                .toList();
    }

    /** How often somebody asked for orphans. */
    public long reclaims() {
        return commands.stream()
                .filter(command -> command.name().equals("XAUTOCLAIM"))
                .count();
    }

    /** Where the result of {@code taskId} was sent. */
    public OptionalInt answer(StreamNames streams, String taskId) {
        return first(
                command -> command.name().equals("XADD") && command.has(streams.results()) && command.mentions(taskId));
    }

    /** Where one of {@code entries} was acknowledged. */
    public OptionalInt acknowledgement(Set<EntryId> entries) {
        return first(command -> command.name().equals("XACK") && names(command, entries));
    }

    /** Where one of {@code entries} was deleted. */
    public OptionalInt deletion(Set<EntryId> entries) {
        return first(command -> command.name().equals("XDEL") && names(command, entries));
    }

    /** How the result stream was read. */
    public ResultReads resultReads(StreamNames streams) {
        List<Command> reads = commands.stream()
                .filter(command -> READS.contains(command.name()) && command.has(streams.results()))
                .toList();
        long single = reads.stream()
                .filter(read -> read.after("COUNT").orElse("").equals("1"))
                .count();
        long beginnings = reads.stream().filter(Traffic::fromBeginning).count();
        return new ResultReads(reads.size(), single, beginnings);
    }

    /**
     * Reads of the result stream.
     *
     * @param single those that ask for one entry
     * @param fromBeginning those that begin at the stream's first entry
     */
    public record ResultReads(long all, long single, long fromBeginning) {}

    private static boolean fromBeginning(Command read) {
        List<String> words = read.words();
        int start = read.name().equals("XRANGE") ? 2 : words.size() - 1;
        return !read.name().equals("XREVRANGE") && start < words.size() && BEGINNINGS.contains(words.get(start));
    }

    private OptionalInt first(Predicate<Command> wanted) {
        return IntStream.range(0, commands.size())
                .filter(i -> wanted.test(commands.get(i)))
                .findFirst();
    }

    private static boolean names(Command command, Set<EntryId> entries) {
        return entries.stream().anyMatch(entry -> command.has(entry.toString()));
    }
}
