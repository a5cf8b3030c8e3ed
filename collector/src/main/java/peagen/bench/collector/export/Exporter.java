package peagen.bench.collector.export;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Part;

/**
 * Uploads folders: every file of {@code FOLDER} becomes the object {@code PREFIX/FOLDER/…}. Objects that are there already with
 * the same length and SHA-256 are left alone. A large file goes in parts, and an upload that was broken off goes on with the parts
 * that the store has not got. After an upload the checksum that the store answers must be that of the file.
 *
 * <p>Blocking; used by one thread. Fails with {@link ExportException}; what was uploaded before stays.
 */
public final class Exporter implements AutoCloseable {

    private final ExportTarget target;
    private final S3Store store;
    private final ExportProgress progress;

    /** Exports to {@code target}. */
    public Exporter(ExportTarget target, ExportTarget.Access access, ExportProgress progress) {
        this(target, access, progress, new ExecutionInterceptor[0]);
    }

    Exporter(
            ExportTarget target,
            ExportTarget.Access access,
            ExportProgress progress,
            ExecutionInterceptor... watchers) {
        this.target = target;
        this.store = new S3Store(target, access, watchers);
        this.progress = progress;
    }

    /** Sees that the bucket is there and may be used. */
    public void check() {
        store.check();
    }

    /**
     * Uploads every file of {@code folder} and of the folders in it, in order; what begins with a dot, is a link, or is still being
     * compressed stays.
     *
     * @param dryRun whether to look only
     */
    public void export(Path folder, boolean dryRun) {
        Path whole = folder.toAbsolutePath().normalize();
        String name = String.valueOf(whole.getFileName());
        for (Path file : files(whole)) {
            String path = whole.relativize(file)
                    .toString()
                    .replace(file.getFileSystem().getSeparator(), "/");
            export(file, target.key(name, path), dryRun);
        }
    }

    private static List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return directory.equals(folder) || !isHidden(directory)
                            ? FileVisitResult.CONTINUE
                            : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && !isHidden(file) && !isUnfinished(file)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            throw ExportException.unreadable(folder, unreadable);
        }
        files.sort(null);
        return files;
    }

    private static boolean isHidden(Path file) {
        return String.valueOf(file.getFileName()).startsWith(".");
    }

    /** Half written, or a plain part of a record beside its compressed form: a crash has kept it from being removed. */
    private static boolean isUnfinished(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".part")
                || (name.matches(".*-\\d{4,}[.]jsonl") && Files.exists(file.resolveSibling(name + ".gz")));
    }

    private void export(Path file, String key, boolean dryRun) {
        FileParts parts = FileParts.of(file);
        boolean same = store.find(key)
                .filter(stored -> stored.size() == parts.size())
                .flatMap(S3Store.Stored::checksum)
                .filter(parts.objectChecksum()::equals)
                .isPresent();
        if (!same && !dryRun) {
            verify(parts, key, parts.multipart() ? inParts(parts, key) : inOnePiece(parts, key));
        }
        progress.done(
                target.url(key),
                parts.size(),
                same
                        ? ExportProgress.Done.UNCHANGED
                        : dryRun ? ExportProgress.Done.PENDING : ExportProgress.Done.UPLOADED);
    }

    private Optional<String> inOnePiece(FileParts parts, String key) {
        return store.put(key, parts.read(1), parts.checksum(1));
    }

    private Optional<String> inParts(FileParts parts, String key) {
        String id = store.openUpload(key).orElseGet(() -> store.begin(key));
        Map<Integer, Part> there =
                store.parts(key, id).stream().collect(Collectors.toMap(Part::partNumber, part -> part));
        List<CompletedPart> all = new ArrayList<>();
        long sent = 0;
        for (int number = 1; number <= parts.count(); number++) {
            Optional<Part> kept = Optional.ofNullable(there.get(number)).filter(isPart(parts, number));
            String checksum = parts.checksum(number);
            all.add(
                    kept.isPresent()
                            ? S3Store.part(number, kept.get().eTag(), checksum)
                            : store.putPart(key, id, number, parts.read(number), checksum));
            sent += parts.length(number);
            progress.sent(target.url(key), sent, parts.size());
        }
        return store.complete(key, id, all);
    }

    private static Predicate<Part> isPart(FileParts parts, int number) {
        return part ->
                part.size() == parts.length(number) && parts.checksum(number).equals(part.checksumSHA256());
    }

    private void verify(FileParts parts, String key, Optional<String> answered) {
        if (answered.isEmpty()) {
            throw ExportException.infrastructure(
                    target.url(key) + ": uploaded, but the store answers no SHA-256 to verify it by");
        }
        if (!answered.get().equals(parts.objectChecksum())) {
            throw ExportException.infrastructure(target.url(key) + ": the store's SHA-256 is " + answered.get()
                    + ", that of " + parts.file() + " is " + parts.objectChecksum() + ": export it again");
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
