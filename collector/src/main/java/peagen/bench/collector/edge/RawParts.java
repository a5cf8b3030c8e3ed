package peagen.bench.collector.edge;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * The finished parts of one record: {@code metrics-0001.jsonl.gz} and so on. What becomes of the plain file when a part is
 * finished, each step on the disk before the next one:
 *
 * <ol>
 *   <li>{@code metrics.jsonl} is renamed to {@code metrics-0001.jsonl}: from here on its number is settled;
 *   <li>it is compressed into {@code .metrics-0001.jsonl.gz.part};
 *   <li>which is renamed to {@code metrics-0001.jsonl.gz};
 *   <li>{@code metrics-0001.jsonl} is removed.
 * </ol>
 *
 * <p>So whatever is found after a crash says what is left to do: where both forms of a part exist, the compressed one is complete.
 * Blocking; not thread-safe.
 */
final class RawParts {

    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final String name;
    private final Pattern numbered;

    /** The parts of record {@code name} in {@code folder}, which exists. */
    RawParts(Path folder, String name) {
        this.folder = folder;
        this.name = name;
        this.numbered = Pattern.compile(Pattern.quote(name) + "-(\\d{4,9})[.]jsonl(?:[.]gz)?");
    }

    /** The file that is being written. */
    Path current() {
        return folder.resolve(name + ".jsonl");
    }

    private Path plain(int number) {
        return folder.resolve(fileName(number));
    }

    private Path compressed(int number) {
        return folder.resolve(fileName(number) + ".gz");
    }

    private Path beginning(int number) {
        return folder.resolve("." + fileName(number) + ".gz.part");
    }

    private String fileName(int number) {
        return "%s-%04d.jsonl".formatted(name, number);
    }

    /** Makes the current file, which {@code content} has open, the next part. */
    void finish(FileChannel content) throws IOException {
        content.force(true);
        NavigableSet<Integer> taken = numbers();
        int number = taken.isEmpty() ? 1 : taken.last() + 1;
        Files.move(current(), plain(number), StandardCopyOption.ATOMIC_MOVE);
        sync();
        compress(number, content);
    }

    private void compress(int number, FileChannel content) throws IOException {
        try {
            try (FileChannel target = FileChannel.open(
                            beginning(number),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE);
                    GZIPOutputStream gzip = new GZIPOutputStream(Channels.newOutputStream(target), BUFFER)) {
                copy(content, gzip);
                gzip.finish();
                target.force(true);
            }
            Files.move(beginning(number), compressed(number), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beginning(number));
        }
        sync();
        Files.delete(plain(number));
        sync();
    }

    /** Read through the channel that holds the lock: closing another one would give the lock up. */
    private static void copy(FileChannel content, OutputStream target) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long at = 0; content.read(buffer, at) > 0; ) {
            target.write(buffer.array(), 0, buffer.position());
            at += buffer.position();
            buffer.clear();
        }
    }

    /** Does what a crash, or a full disk, has left undone. What another process has in its hands is left alone. */
    void resume() throws IOException {
        for (int number : numbers()) {
            if (!Files.exists(plain(number))) {
                continue;
            }
            try (RawLock held = RawLock.open(plain(number))) {
                if (!held.isOurs()) {
                    continue;
                }
                if (Files.exists(compressed(number))) {
                    Files.delete(plain(number));
                    sync();
                } else {
                    compress(number, held.channel());
                }
            }
        }
    }

    private NavigableSet<Integer> numbers() throws IOException {
        NavigableSet<Integer> numbers = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Matcher part = numbered.matcher(String.valueOf(file.getFileName()));
                if (part.matches()) {
                    numbers.add(Integer.parseInt(part.group(1)));
                }
            }
        }
        return numbers;
    }

    /** A rename is on the disk when its folder is. */
    private void sync() throws IOException {
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }
}
