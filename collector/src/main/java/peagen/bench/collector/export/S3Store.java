package peagen.bench.collector.export;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * One bucket. Every checksum is a SHA-256 that S3 compares with what it got before it takes it. Blocking; used by one thread.
 * Fails with {@link ExportException}.
 */
final class S3Store implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final int NOT_FOUND = 404;

    private final S3Client client;
    private final ExportTarget target;
    private final ExportTarget.Access access;

    /** What is known of an object: its length, and its checksum where the store answers one. */
    record Stored(long size, Optional<String> checksum) {}

    /** The bucket of {@code target}; {@code watchers} see every request. */
    S3Store(ExportTarget target, ExportTarget.Access access, ExecutionInterceptor... watchers) {
        this.target = target;
        this.access = access;
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(override -> override.executionInterceptors(List.of(watchers)))
                .forcePathStyle(access.pathStyle());
        access.endpoint().ifPresent(builder::endpointOverride);
        // Stores of one's own have no regions; the signature wants a name all the same.
        access.region()
                .or(() -> access.endpoint().filter(own -> !namedByUser()).map(own -> Region.US_EAST_1.id()))
                .ifPresent(region -> builder.region(Region.of(region)));
        try {
            client = builder.build();
        } catch (SdkClientException noRegion) {
            throw ExportException.badInput(target + ": no region: name one with --region or AWS_REGION");
        }
    }

    private static boolean namedByUser() {
        return System.getenv("AWS_REGION") != null;
    }

    private <T> T ask(String url, Function<S3Client, T> request) {
        try {
            return request.apply(client);
        } catch (SdkException failure) {
            throw S3Failures.told(url, access, failure);
        }
    }

    /** Sees that the bucket is there and may be used. */
    void check() {
        ask(target.toString(), s3 -> s3.headBucket(head -> head.bucket(target.bucket())));
    }

    /** The object {@code key}, if there is one. */
    Optional<Stored> find(String key) {
        return ask(target.url(key), s3 -> {
            try {
                HeadObjectResponse found = s3.headObject(
                        head -> head.bucket(target.bucket()).key(key).checksumMode(ChecksumMode.ENABLED));
                return Optional.of(new Stored(found.contentLength(), Optional.ofNullable(found.checksumSHA256())));
            } catch (S3Exception refused) {
                if (refused.statusCode() == NOT_FOUND) {
                    return Optional.empty();
                }
                throw refused;
            }
        });
    }

    /** Puts an object in one piece; answers its checksum as the store has it. */
    Optional<String> put(String key, byte[] content, String checksum) {
        return Optional.ofNullable(ask(
                target.url(key),
                s3 -> s3.putObject(
                                put -> put.bucket(target.bucket()).key(key).checksumSHA256(checksum),
                                RequestBody.fromBytes(content))
                        .checksumSHA256()));
    }

    /** The youngest upload of {@code key} that was begun and not completed. */
    Optional<String> openUpload(String key) {
        return ask(
                target.url(key),
                s3 ->
                        s3
                                .listMultipartUploadsPaginator(
                                        list -> list.bucket(target.bucket()).prefix(key))
                                .uploads()
                                .stream()
                                .filter(upload -> upload.key().equals(key))
                                .max(Comparator.comparing(MultipartUpload::initiated))
                                .map(MultipartUpload::uploadId));
    }

    /** Begins an upload in parts; answers its id. */
    String begin(String key) {
        return ask(
                target.url(key),
                s3 -> s3.createMultipartUpload(create ->
                                create.bucket(target.bucket()).key(key).checksumAlgorithm(ChecksumAlgorithm.SHA256))
                        .uploadId());
    }

    /** The parts that upload {@code id} has. */
    List<Part> parts(String key, String id) {
        return ask(
                target.url(key),
                s3 -> s3
                        .listPartsPaginator(
                                list -> list.bucket(target.bucket()).key(key).uploadId(id))
                        .parts()
                        .stream()
                        .toList());
    }

    /** Puts one part, from 1; answers how it is named when the upload is completed. */
    CompletedPart putPart(String key, String id, int number, byte[] content, String checksum) {
        String tag = ask(
                target.url(key),
                s3 -> s3.uploadPart(
                                part -> part.bucket(target.bucket())
                                        .key(key)
                                        .uploadId(id)
                                        .partNumber(number)
                                        .checksumSHA256(checksum),
                                RequestBody.fromBytes(content))
                        .eTag());
        return part(number, tag, checksum);
    }

    static CompletedPart part(int number, String tag, String checksum) {
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(tag)
                .checksumSHA256(checksum)
                .build();
    }

    /** Makes an object of the parts; answers its checksum as the store has it. */
    Optional<String> complete(String key, String id, List<CompletedPart> parts) {
        return Optional.ofNullable(ask(
                target.url(key),
                s3 -> s3.completeMultipartUpload(done -> done.bucket(target.bucket())
                                .key(key)
                                .uploadId(id)
                                .multipartUpload(all -> all.parts(parts)))
                        .checksumSHA256()));
    }

    @Override
    public void close() {
        client.close();
    }
}
