package peagen.bench.collector;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What people see of a record: {@code zcat -f FOLDER/metrics*}. */
public final class RawText {

    private RawText() {}

    public static List<Path> files(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name))
                    .sorted()
                    .toList();
        }
    }

    public static List<String> names(Path folder, String name) throws IOException {
        return files(folder, name).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    public static List<String> lines(Path folder, String name) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files(folder, name)) {
            lines.addAll(text(file).lines().toList());
        }
        return lines;
    }

    static String text(Path file) throws IOException {
        try (InputStream plain = new BufferedInputStream(Files.newInputStream(file));
                InputStream content = file.toString().endsWith(".gz") ? new GZIPInputStream(plain) : plain) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
