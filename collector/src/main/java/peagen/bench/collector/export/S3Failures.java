package peagen.bench.collector.export;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What went wrong, in one line for the user. */
final class S3Failures {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int MOVED = 301;

    private S3Failures() {}

    /** {@code failure} at {@code url}, which names bucket and key. */
    static ExportException told(String url, ExportTarget.Access access, SdkException failure) {
        String place = " at " + access.place();
        if (failure instanceof NoSuchBucketException) {
            return ExportException.infrastructure(url + ": there is no such bucket" + place);
        }
        if (failure instanceof S3Exception answered) {
            String said = Optional.ofNullable(answered.awsErrorDetails())
                    .map(details -> Stream.of(details.errorCode(), details.errorMessage())
                            .filter(part -> part != null && !part.isEmpty())
                            .collect(Collectors.joining(": ")))
                    .orElse("");
            String status = "HTTP " + answered.statusCode() + (said.isEmpty() ? "" : ", " + oneLine(said));
            return ExportException.infrastructure(
                    switch (answered.statusCode()) {
                        case UNAUTHORIZED, FORBIDDEN -> url + ": access denied" + place + " (" + status + ")";
                        case MOVED -> url + ": the bucket is in another region, name it with --region (" + status + ")";
                        default -> url + ": refused" + place + " (" + status + ")";
                    });
        }
        return ExportException.infrastructure(url + ": " + clientSide(failure, place));
    }

    private static String clientSide(SdkException failure, String place) {
        String said = oneLine(String.valueOf(failure.getMessage()));
        if (said.contains("Unable to load credentials")) {
            return "no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or give the"
                    + " machine a role";
        }
        return (failure instanceof SdkClientException ? "nobody answers" : "failed") + place + " ("
                + deepest(failure, said) + ")";
    }

    private static String deepest(Throwable failure, String said) {
        String told = said;
        for (Optional<Throwable> cause = Optional.ofNullable(failure.getCause());
                cause.isPresent();
                cause = Optional.ofNullable(cause.get().getCause())) {
            told = cause.get().getClass().getSimpleName() + ": "
                    + oneLine(String.valueOf(cause.get().getMessage()));
        }
        return told;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }
}
