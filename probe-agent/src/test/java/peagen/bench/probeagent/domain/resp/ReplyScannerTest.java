package peagen.bench.probeagent.domain.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.probeagent.domain.resp.Pieces.bytes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("StringConcatToTextBlock") // bytes, whose line ends matter
class ReplyScannerTest {

    private static final int LIMIT = 4_096;
    private static final List<String> REPLIES = List.of(
            "+OK\r\n",
            "+\r\n",
            "+with \n and \r in it\r\n",
            "-ERR no\r\n",
            ":-42\r\n",
            "$0\r\n\r\n",
            "$5\r\n*1\r\n$\r\n",
            "$-1\r\n",
            "*0\r\n",
            "*-1\r\n",
            "*3\r\n:1\r\n*2\r\n$-1\r\n*0\r\n$1\r\nx\r\n",
            "_\r\n",
            "#t\r\n",
            ",3.14\r\n",
            ",inf\r\n",
            "(3492890328409238509324850943850943825024385\r\n",
            "!5\r\nERR x\r\n",
            "=7\r\ntxt:abc\r\n",
            "%2\r\n+a\r\n:1\r\n+b\r\n*1\r\n:2\r\n",
            "%0\r\n",
            "~2\r\n:1\r\n:2\r\n",
            "|1\r\n+ttl\r\n:9\r\n$1\r\nx\r\n",
            "|0\r\n*1\r\n|1\r\n+a\r\n+b\r\n:1\r\n",
            ">3\r\n+message\r\n+c\r\n$2\r\nhi\r\n",
            "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n",
            "$4\r\n\r\n\r\n\r\n");

    /** Every reply as it was kept, {@code >} in front of a push and {@code !} in front of an error. */
    private record Passed(List<String> replies, boolean broken, boolean mid) {
        static Passed of(ReplyScanner scanner, List<byte[]> pieces) {
            List<String> replies = new ArrayList<>();
            List<byte[]> sinceEnd = new ArrayList<>();
            for (byte[] piece : pieces) {
                int from = 0;
                int end = scanner.scan(piece, from, piece.length);
                while (end >= 0) {
                    sinceEnd.add(Arrays.copyOfRange(piece, from, end));
                    StringBuilder whole = new StringBuilder(scanner.push() ? "push " : scanner.error() ? "error " : "");
                    sinceEnd.forEach(part -> whole.append(new String(part, StandardCharsets.ISO_8859_1)));
                    sinceEnd.clear();
                    if (scanner.kept()) {
                        scanner.reader().skip();
                    }
                    replies.add(whole + (scanner.kept() ? "" : " let go"));
                    from = end;
                    end = scanner.scan(piece, from, piece.length);
                }
                sinceEnd.add(Arrays.copyOfRange(piece, from, piece.length));
            }
            return new Passed(replies, scanner.broken(), scanner.midReply());
        }
    }

    private static ReplyScanner scanner() {
        ReplyScanner scanner = new ReplyScanner(LIMIT);
        scanner.keep(true);
        return scanner;
    }

    @Test
    void findsEveryReplyHoweverTheStreamIsCut() {
        byte[] whole = bytes(String.join("", REPLIES));
        Passed expected = new Passed(
                REPLIES.stream()
                        .map(reply -> (reply.startsWith(">") ? "push " : "")
                                + (reply.startsWith("-") || reply.startsWith("!") ? "error " : "")
                                + reply)
                        .toList(),
                false,
                false);

        assertThat(Passed.of(scanner(), List.of(whole))).isEqualTo(expected);
        Pieces.everyCut(whole, 20_000)
                .forEach(pieces -> assertThat(Passed.of(scanner(), pieces)).isEqualTo(expected));
    }

    @Test
    void readsARepliesContentsHoweverItIsCut() {
        byte[] whole = bytes("*2\r\n$8\r\nmy\r\ntask\r\n*1\r\n*2\r\n$3\r\n1-0\r\n%1\r\n+data\r\n$4\r\n{\r\n}\r\n");

        Pieces.everyCut(whole, 2_000).forEach(pieces -> {
            ReplyScanner scanner = scanner();
            pieces.forEach(piece -> scanner.scan(piece, 0, piece.length));
            ReplyReader reply = scanner.reader();

            assertThat(reply.array()).isEqualTo(2);
            assertThat(reply.text()).isEqualTo("my\r\ntask");
            assertThat(reply.array()).isEqualTo(1);
            assertThat(reply.array()).isEqualTo(2);
            assertThat(reply.text()).isEqualTo("1-0");
            assertThat(reply.atMap()).isTrue();
            assertThat(reply.array()).isEqualTo(2);
            assertThat(reply.text()).isEqualTo("data");
            assertThat(reply.bytes()).isEqualTo(bytes("{\r\n}"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?\r\n",
                "\r\n",
                "HTTP/1.1 400\r\n",
                "$-2\r\n",
                "*-2\r\n",
                "$x\r\n",
                "$\r\n",
                "*1x\r\n",
                "*+1\r\n",
                "*01\r\n",
                "*1\r\r:1\r\n",
                "%-1\r\n",
                "|-1\r\n",
                ">-1\r\n",
                "~-1\r\n",
                "!-1\r\n",
                "*99999999999999999999\r\n",
                "$?\r\n",
                "*?\r\n",
                "*1\r\n?"
            })
    void isBrokenForGoodByWhatIsNoReply(String garbage) {
        byte[] whole = bytes("+OK\r\n" + garbage + "+OK\r\n");

        Pieces.everyCut(whole, 0).forEach(pieces -> {
            Passed passed = Passed.of(scanner(), pieces);
            assertThat(passed.replies()).containsExactly("+OK\r\n");
            assertThat(passed.broken()).isTrue();
        });
    }

    @Test
    void nestsAsDeepAsAnybodyDoesAndNoDeeper() {
        ReplyScanner deep = scanner();
        byte[] fits = bytes("*1\r\n".repeat(128) + ":1\r\n");
        assertThat(deep.scan(fits, 0, fits.length)).isEqualTo(fits.length);

        ReplyScanner deeper = scanner();
        byte[] bottomless = bytes("*1\r\n".repeat(100_000));
        assertThat(deeper.scan(bottomless, 0, bottomless.length)).isEqualTo(-1);
        assertThat(deeper.broken()).isTrue();
    }

    @Test
    void letsALargerReplyGoAndKeepsTheNext() {
        byte[] whole = bytes("$5000\r\n" + "x".repeat(5_000) + "\r\n+OK\r\n");
        for (int step : new int[] {1, 100, 4_096}) {
            ReplyScanner scanner = scanner();
            List<Boolean> kept = new ArrayList<>();
            for (int from = 0; from < whole.length; from += step) {
                int to = Math.min(whole.length, from + step);
                int end = from;
                while ((end = scanner.scan(whole, end, to)) >= 0) {
                    kept.add(scanner.kept());
                }
            }
            assertThat(kept).containsExactly(false, true);
        }
    }

    @Test
    void anAbsurdLengthOrCountIsWaitedForWithoutRoomForIt() {
        for (String head : List.of("$999999999999999999\r\n", "*999999999999999999\r\n", "%999999999999999999\r\n")) {
            byte[] whole = bytes(head + ":1\r\n".repeat(1_000));
            ReplyScanner scanner = scanner();

            assertThat(scanner.scan(whole, 0, whole.length)).isEqualTo(-1);
            assertThat(scanner.broken()).isFalse();
            assertThat(scanner.midReply()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void garbageIsReadTheSameHoweverItIsCut(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] shreds = {
            "*", "$", "%", "|", ">", "_", "+", "-", "1", "2", "0", "\r\n", "\r\n", "\r", "\n", "x", ":7\r\n"
        };
        for (int round = 0; round < 5_000; round++) {
            StringBuilder garbage = new StringBuilder();
            random.ints(random.nextInt(40), 0, shreds.length).forEach(shred -> garbage.append(shreds[shred]));
            byte[] whole = bytes(REPLIES.get(random.nextInt(REPLIES.size())) + garbage);

            assertThat(Passed.of(scanner(), Pieces.cut(whole, random)))
                    .as("%s", garbage)
                    .isEqualTo(Passed.of(scanner(), List.of(whole)));
        }
    }
}
