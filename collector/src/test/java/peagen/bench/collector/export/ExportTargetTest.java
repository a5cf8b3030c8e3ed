package peagen.bench.collector.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class ExportTargetTest {

    private static final ExportTarget.Access AWS = new ExportTarget.Access(Optional.empty(), Optional.empty(), false);

    @ParameterizedTest
    @CsvSource({
        "s3://bench, s3://bench, s3://bench/run-1/a.gz",
        "s3://bench/, s3://bench, s3://bench/run-1/a.gz",
        "s3://my.bench-1/raw, s3://my.bench-1/raw, s3://my.bench-1/raw/run-1/a.gz",
        "s3://bench/raw/2025/, s3://bench/raw/2025, s3://bench/raw/2025/run-1/a.gz"
    })
    void isABucketAndWhatStandsInFrontOfEveryKey(String text, String shown, String object) {
        ExportTarget target = ExportTarget.parse(text).orElseThrow();
        assertThat(target).hasToString(shown);
        assertThat(target.url(target.key("run-1", "a.gz"))).isEqualTo(object);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bench",
                "s3:/bench",
                "s3://",
                "s3://ab",
                "s3://Bench",
                "s3://b_",
                "s3://bench//raw",
                "https://x/y"
            })
    void nothingElseIsATarget(String text) {
        assertThat(ExportTarget.parse(text)).isEmpty();
    }

    @Test
    void aFileGoesInOnePieceOrInPartsAndInNoMoreThanThereMayBe(@TempDir Path folder) throws IOException {
        Path small = Files.writeString(folder.resolve("small"), "abc");
        FileParts one = FileParts.of(small);
        assertThat(one.multipart()).isFalse();
        assertThat(one.objectChecksum()).isEqualTo("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
        Path large = Files.write(folder.resolve("large"), new byte[16 << 20]);
        FileParts two = FileParts.of(large);
        assertThat(two.count()).isEqualTo(2);
        assertThat(two.read(2)).hasSize(8 << 20);
        assertThat(two.objectChecksum()).endsWith("-2");
        assertThat(FileParts.partBytes(80L << 30)).isEqualTo(16 << 20);
        assertThat(FileParts.partBytes(5L << 40) * 10_000L).isGreaterThanOrEqualTo(5L << 40);
    }

    private static String told(S3Exception.Builder answer) {
        return S3Failures.told("s3://bench/key", AWS, (S3Exception) answer.build())
                .getMessage();
    }

    private static AwsErrorDetails details(String code, String message) {
        return AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
    }

    @Test
    void everyFailureIsOneLineThatNamesBucketAndKey() {
        assertThat(told(S3Exception.builder()
                        .statusCode(403)
                        .awsErrorDetails(details("AccessDenied", "Access\nDenied"))))
                .isEqualTo("s3://bench/key: access denied at AWS (HTTP 403, AccessDenied: Access Denied)");
        assertThat(told(S3Exception.builder().statusCode(301)))
                .isEqualTo("s3://bench/key: the bucket is in another region, name it with --region (HTTP 301)");
        assertThat(told(S3Exception.builder().statusCode(500))).isEqualTo("s3://bench/key: refused at AWS (HTTP 500)");
        AwsServiceException noBucket =
                NoSuchBucketException.builder().statusCode(404).build();
        assertThat(S3Failures.told("s3://bench", AWS, noBucket))
                .hasMessage("s3://bench: there is no such bucket at AWS");
        assertThat(S3Failures.told("s3://bench", AWS, SdkClientException.create("Unable to load credentials from any")))
                .hasMessageStartingWith("s3://bench: no credentials: set AWS_ACCESS_KEY_ID");
        assertThat(S3Failures.told(
                        "s3://bench",
                        AWS,
                        SdkClientException.create("x", new IOException(new ConnectException("refused")))))
                .hasMessage("s3://bench: nobody answers at AWS (ConnectException: refused)");
        assertThat(ExportException.unreadable(Path.of("x"), new NoSuchFileException("x")))
                .hasMessage("cannot read x: NoSuchFile");
    }
}
