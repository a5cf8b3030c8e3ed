package peagen.bench.collector.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A file as S3 stores it: in one piece below {@value #MULTIPART_FROM} bytes, else in parts, and with the SHA-256 that S3 answers
 * for it. The checksum of an object of several parts is that of their checksums, with their number behind it
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html, composite checksums).
 *
 * @param file the file
 * @param size its length in bytes, when it was looked at
 * @param partBytes how long every part but the last one is
 * @param checksums the SHA-256 of each part, Base64
 */
record FileParts(Path file, long size, int partBytes, List<String> checksums) {

    /** From this length on a file goes in parts. */
    static final long MULTIPART_FROM = 16L << 20;

    private static final int PART_BYTES = 8 << 20;
    private static final int MOST_PARTS = 10_000;
    private static final int BUFFER = 1 << 16;

    /** Reads {@code file} through. */
    static FileParts of(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            long size = Files.size(file);
            int partBytes = partBytes(size);
            List<String> checksums = new ArrayList<>();
            for (long at = 0; at < size || checksums.isEmpty(); at += partBytes) {
                checksums.add(checksum(content, (int) Math.min(partBytes, size - at)));
            }
            return new FileParts(file, size, partBytes, List.copyOf(checksums));
        } catch (IOException unreadable) {
            throw ExportException.unreadable(file, unreadable);
        }
    }

    /** S3 takes no more than 10 000 parts: those of a very large file are larger. */
    static int partBytes(long size) {
        if (size < MULTIPART_FROM) {
            return (int) MULTIPART_FROM;
        }
        int bytes = PART_BYTES;
        while (size > (long) bytes * MOST_PARTS) {
            bytes *= 2;
        }
        return bytes;
    }

    private static String checksum(InputStream content, int length) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        for (int left = length; left > 0; ) {
            int count = content.read(buffer, 0, Math.min(left, buffer.length));
            if (count < 0) {
                throw new IOException("it became shorter while it was read");
            }
            digest.update(buffer, 0, count);
            left -= count;
        }
        return Base64.getEncoder().encodeToString(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Whether it goes in parts. */
    boolean multipart() {
        return size >= MULTIPART_FROM;
    }

    /** How many parts there are, at least one. */
    int count() {
        return checksums.size();
    }

    /** How long part {@code number}, from 1, is. */
    int length(int number) {
        return (int) Math.min(partBytes, size - (long) (number - 1) * partBytes);
    }

    /** The checksum of part {@code number}, from 1. */
    String checksum(int number) {
        return checksums.get(number - 1);
    }

    /** The bytes of part {@code number}, from 1. */
    byte[] read(int number) {
        ByteBuffer bytes = ByteBuffer.allocate(length(number));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = (long) (number - 1) * partBytes;
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, from + bytes.position()) < 0) {
                    throw new IOException("it became shorter while it was read");
                }
            }
            return bytes.array();
        } catch (IOException unreadable) {
            throw ExportException.unreadable(file, unreadable);
        }
    }

    /** What S3 answers as the checksum of the whole object. */
    String objectChecksum() {
        if (!multipart()) {
            return checksums.getFirst();
        }
        MessageDigest digest = sha256();
        checksums.forEach(part -> digest.update(Base64.getDecoder().decode(part)));
        return Base64.getEncoder().encodeToString(digest.digest()) + "-" + count();
    }
}
