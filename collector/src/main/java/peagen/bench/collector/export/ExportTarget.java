package peagen.bench.collector.export;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where things go.
 *
 * @param bucket the bucket's name
 * @param prefix goes in front of every key, without a slash at either end; may be empty
 */
public record ExportTarget(String bucket, String prefix) {

    /** The phrase for a problem or a help text. */
    public static final String EXPECTED = "s3://bucket or s3://bucket/prefix";

    /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, and the underscores of other stores. */
    private static final Pattern TEXT =
            Pattern.compile("s3://([a-z0-9][a-z0-9._-]{1,61}[a-z0-9])((?:/[^/\\p{Cntrl}]+)*)/?");

    /** Reads {@code s3://bucket/prefix}; empty when {@code text} is none. */
    public static Optional<ExportTarget> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new ExportTarget(matcher.group(1), matcher.group(2).replaceFirst("^/", "")))
                : Optional.empty();
    }

    /** The key of file {@code path} of folder {@code folder}. */
    String key(String folder, String path) {
        return (prefix.isEmpty() ? "" : prefix + "/") + folder + "/" + path;
    }

    /** How people write the object {@code key}. */
    String url(String key) {
        return "s3://" + bucket + "/" + key;
    }

    /** {@code s3://bucket/prefix}. */
    @Override
    public String toString() {
        return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }

    /**
     * How to reach the store.
     *
     * @param endpoint its address; empty for that of AWS
     * @param region its region; empty for what environment or profile say
     * @param pathStyle whether the bucket stands in the path and not in the host name
     */
    public record Access(Optional<URI> endpoint, Optional<String> region, boolean pathStyle) {

        /** The endpoint as people write it. */
        String place() {
            return endpoint.map(URI::toString).orElse("AWS");
        }
    }
}
