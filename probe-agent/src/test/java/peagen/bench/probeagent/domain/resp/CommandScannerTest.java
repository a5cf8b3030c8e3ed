package peagen.bench.probeagent.domain.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.probeagent.domain.resp.Pieces.bytes;
import static peagen.bench.probeagent.domain.resp.Pieces.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("StringConcatToTextBlock") // bytes, whose line ends matter
class CommandScannerTest {

    private static final int LIMIT = 64 * 1024;
    private static final String DIALOGUE = command("XADD", "mine", "*", "data", "{}\r\n*3\r\n")
            + command("set", "k", "")
            + "\r\n*0\r\n*-1\r\n"
            + "xack mine group \"1-\\x30\" '2-0'\r\n"
            + command("XADD", "theirs", "*", "a", "b")
            + command("xreadgroup", "GROUP", "g", "c", "STREAMS", "mine", ">")
            + "PING\n"
            + command("MULTI")
            + command("EXEC")
            + command("CLIENT", "REPLY", "SKIP")
            + command("", "odd name");
    private static final List<String> TOLD = List.of(
            "XADD[XADD, mine, *, data, {}\r\n*3\r\n]",
            "OTHER",
            "empty",
            "empty",
            "empty",
            "XACK[xack, mine, group, 1-0, 2-0]",
            "OTHER",
            "XREADGROUP[xreadgroup, GROUP, g, c, STREAMS, mine, >]",
            "OTHER[PING]",
            "MULTI[MULTI]",
            "EXEC[EXEC]",
            "CLIENT[CLIENT, REPLY, SKIP]",
            "OTHER");

    private static CommandScanner scanner(boolean keepAll) {
        return new CommandScanner("mine"::equals, keepAll, LIMIT);
    }

    /** What passed, and how many bytes in all when each command ended. */
    private record Passed(List<String> commands, List<Integer> ends, boolean broken, boolean mid) {
        static Passed of(CommandScanner scanner, List<byte[]> pieces) {
            List<String> commands = new ArrayList<>();
            List<Integer> ends = new ArrayList<>();
            int before = 0;
            for (byte[] piece : pieces) {
                // what lies around a piece in its array is none of the scanner's business
                byte[] room = new byte[piece.length + 6];
                Arrays.fill(room, (byte) '*');
                System.arraycopy(piece, 0, room, 3, piece.length);
                int end = 3;
                while ((end = scanner.scan(room, end, 3 + piece.length)) >= 0) {
                    commands.add(told(scanner.command()));
                    ends.add(before + end - 3);
                }
                before += piece.length;
            }
            return new Passed(commands, ends, scanner.broken(), scanner.midCommand());
        }

        private static String told(Command command) {
            if (command.empty()) {
                return "empty";
            }
            return command.verb()
                    + (command.kept()
                            ? IntStream.range(0, command.size())
                                    .mapToObj(command::text)
                                    .toList()
                                    .toString()
                            : "");
        }
    }

    @Test
    void findsEveryCommandHoweverTheStreamIsCut() {
        byte[] whole = bytes(DIALOGUE);
        Passed expected = Passed.of(scanner(false), List.of(whole));
        assertThat(expected.commands()).isEqualTo(TOLD);
        assertThat(expected.ends()).last().isEqualTo(whole.length);

        Pieces.everyCut(whole, 20_000)
                .forEach(pieces -> assertThat(Passed.of(scanner(false), pieces)).isEqualTo(expected));
    }

    @Test
    void keepsEverythingForAListenerHoweverTheStreamIsCut() {
        byte[] whole = bytes(DIALOGUE);
        Passed expected = Passed.of(scanner(true), List.of(whole));
        assertThat(expected.commands())
                .contains("OTHER[set, k, ]", "OTHER[XADD, theirs, *, a, b]", "OTHER[, odd name]");

        Pieces.everyCut(whole, 2_000)
                .forEach(pieces -> assertThat(Passed.of(scanner(true), pieces)).isEqualTo(expected));
    }

    @Test
    void givesACommandBackAsItWasSent() {
        byte[] sent = bytes(command("XACK", "mine", "g", "1-0"));

        Pieces.everyCut(sent, 500).forEach(pieces -> {
            CommandScanner scanner = scanner(false);
            Passed.of(scanner, pieces);

            assertThat(scanner.command().raw()).isEqualTo(sent);
            assertThat(scanner.command().copies()).hasSize(4).last().isEqualTo(bytes("1-0"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*1\r\n+PING\r\n",
                "*1\r\n:1\r\n",
                "*1\r\n$-1\r\n",
                "*1\r\n$\r\n",
                "*1\r\n$x\r\n",
                "*1\r\n$+4\r\nPING\r\n",
                "*1\r\n$04\r\nPING\r\n",
                "*1\r\n$-0\r\n\r\n",
                "*01\r\n$4\r\nPING\r\n",
                "*+1\r\n$4\r\nPING\r\n",
                "*-0\r\n",
                "*\r\n",
                "*-\r\n",
                "*x\r\n",
                "* 1\r\n",
                "*1 \r\n",
                "*2147483648\r\n",
                "*9999999999999999999999\r\n",
                "*1\r\n$9999999999999999999999\r\n",
                "*1\r\n*1\r\n$4\r\nPING\r\n",
                "PING \"unclosed\r\n",
                "PING \"a\"b\r\n",
                "PING 'a'b\r\n",
                "PI\0NG\r\n"
            })
    void isBrokenForGoodByWhatRedisRefuses(String refused) {
        byte[] whole = bytes(command("PING") + refused + command("PING"));

        Pieces.everyCut(whole, 0).forEach(pieces -> {
            Passed passed = Passed.of(scanner(false), pieces);
            assertThat(passed.broken()).isTrue();
            assertThat(passed.commands()).startsWith("OTHER").doesNotContain("OTHER[PING]");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'*1\r\r$4\r\rPING..', 1",
        "'*1\rx$4\rxPING\r\n', 1",
        "'*2147483647\r\n', 0",
        "'*-7\r\n*1\r\n$0\r\n\r\n', 2",
        "'*1\r\n$600000000\r\n', 0"
    })
    void readsWhatRedisReadsAlthoughNobodyOughtToSendIt(String odd, int commands) {
        Passed passed = Passed.of(scanner(false), List.of(bytes(odd)));

        assertThat(passed.broken()).isFalse();
        assertThat(passed.commands()).hasSize(commands);
    }

    @Test
    void keepsACommandUpToTheLimitAndLetsALargerOneGoAtOnce() {
        String fits = command("XADD", "mine", "*", "data", "x".repeat(LIMIT - 200));
        String larger = command("XADD", "mine", "*", "data", "x".repeat(LIMIT));
        byte[] whole = bytes(fits + larger + command("XACK", "mine", "g", "1-0"));

        for (int step : new int[] {1, 7, 1_000, 65_536, whole.length}) {
            CommandScanner scanner = scanner(false);
            List<String> passed = new ArrayList<>();
            for (int from = 0; from < whole.length; from += step) {
                int to = Math.min(whole.length, from + step);
                int end = from;
                while ((end = scanner.scan(whole, end, to)) >= 0) {
                    passed.add(
                            scanner.command().verb() + " " + scanner.command().kept());
                }
            }
            assertThat(passed).containsExactly("XADD true", "XADD false", "XACK true");
        }
    }

    @Test
    void lettingGoIsKnownAsSoonAsTheLengthIsAnnounced() {
        CommandScanner scanner = scanner(false);
        byte[] head = bytes("*4\r\n$4\r\nXACK\r\n$4\r\nmine\r\n$600000000\r\n");

        scanner.scan(head, 0, head.length - 1);
        assertThat(scanner.begun()).isEqualTo(Verb.XACK);
        scanner.scan(head, head.length - 1, head.length);

        assertThat(scanner.begun()).isEqualTo(Verb.OTHER);
        assertThat(scanner.gatheredLength()).isZero();
    }

    @Test
    void knowsWhatHasBegunAsSoonAsItCanBeKnown() {
        byte[] sent = bytes(command("XACK", "mine", "g", "1-0"));
        int name = command("XACK").length();
        int key = name + "$4\r\nmine\r\n".length();

        for (int to = 1; to < sent.length; to++) {
            CommandScanner scanner = scanner(false);
            scanner.scan(sent, 0, to);
            assertThat(scanner.midCommand()).isTrue();
            assertThat(scanner.begun()).as("after %d bytes", to).isEqualTo(to < key ? null : Verb.XACK);
            assertThat(Arrays.copyOf(scanner.gatheredBytes(), scanner.gatheredLength()))
                    .isEqualTo(Arrays.copyOf(sent, to));
        }
    }

    @Test
    void endsAnInlineCommandThatIsLongerThanRedisTakes() {
        byte[] line = bytes("x".repeat(LIMIT + 2));
        CommandScanner scanner = scanner(false);

        assertThat(scanner.scan(line, 0, line.length)).isEqualTo(-1);
        assertThat(scanner.broken()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void garbageIsReadTheSameHoweverItIsCut(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] shreds = {
            "*", "$", "1", "3", "0", "-", "\r\n", "\r", "\n", " ", "\"", "'", "\\x4", "XACK", "mine", "\0", "é"
        };
        for (int round = 0; round < 3_000; round++) {
            StringBuilder garbage = new StringBuilder(random.nextBoolean() ? command("XACK", "mine", "g", "1-0") : "");
            random.ints(random.nextInt(40), 0, shreds.length).forEach(shred -> garbage.append(shreds[shred]));
            garbage.append(random.nextBoolean() ? command("XACK", "mine", "g", "1-0") : "");
            byte[] whole = garbage.toString().getBytes(StandardCharsets.UTF_8);

            Passed expected = Passed.of(scanner(false), List.of(whole));
            Passed cut = Passed.of(scanner(false), Pieces.cut(whole, random));

            assertThat(cut).as("%s", garbage).isEqualTo(expected);
        }
    }

    @Test
    void aTransactionsWorthOfArgumentsIsNotRememberedForEver() {
        String[] many = new String[20_000];
        Arrays.fill(many, "1");
        many[0] = "XACK";
        many[1] = "mine";
        byte[] whole = bytes(command(many) + command("XACK", "mine", "g", "1-0"));
        CommandScanner scanner = new CommandScanner("mine"::equals, false, 1 << 20);

        int end = scanner.scan(whole, 0, whole.length);
        assertThat(scanner.command().size()).isEqualTo(20_000);
        assertThat(scanner.scan(whole, end, whole.length)).isEqualTo(whole.length);
        assertThat(scanner.command().text(3)).isEqualTo("1-0");
    }
}
