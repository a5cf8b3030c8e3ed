package peagen.bench.probeagent.domain.resp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A byte stream in whatever pieces a network may cut it into. */
public final class Pieces {

    private Pieces() {}

    /** Bytes of Latin 1 text. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A command as clients send it. */
    public static String command(String... arguments) {
        return new String(
                RespWriter.command(Stream.of(arguments).map(Pieces::bytes).toList()), StandardCharsets.ISO_8859_1);
    }

    /** Whole, byte by byte, every way of cutting once, and up to {@code pairs} ways of cutting twice, spread evenly. */
    public static Stream<List<byte[]>> everyCut(byte[] whole, int pairs) {
        int length = whole.length;
        Stream<List<byte[]>> once = IntStream.range(0, length).mapToObj(at -> cut(whole, at));
        int stride = Math.max(1, (int) Math.sqrt((double) length * length / 2 / Math.max(1, pairs)));
        List<List<byte[]>> twice = new ArrayList<>();
        for (int first = 1; first < length && pairs > 0; first += stride) {
            for (int second = first + 1; second < length; second += stride) {
                twice.add(cut(whole, first, second));
            }
        }
        return Stream.concat(
                Stream.of(cut(whole, IntStream.range(0, length).toArray())), Stream.concat(once, twice.stream()));
    }

    /** Cut at the positions, which rise. */
    public static List<byte[]> cut(byte[] whole, int... positions) {
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        for (int at : positions) {
            if (at > from) {
                pieces.add(Arrays.copyOfRange(whole, from, at));
                from = at;
            }
        }
        pieces.add(Arrays.copyOfRange(whole, from, whole.length));
        return pieces;
    }

    /** Cut anywhere. */
    public static List<byte[]> cut(byte[] whole, SplittableRandom random) {
        return cut(
                whole,
                random.ints(random.nextInt(12), 0, whole.length + 1).sorted().toArray());
    }
}
