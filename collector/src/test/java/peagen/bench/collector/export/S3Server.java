package peagen.bench.collector.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Adobe's S3Mock in a JVM of its own, and a client to look into it. */
final class S3Server implements AutoCloseable {

    private static final Path JAR = Path.of("target/s3mock/s3mock.jar");

    private final Process process;
    final URI endpoint;
    final S3Client client;

    private S3Server(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
        this.client = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a-key", "a-secret")))
                .build();
    }

    /** Starts one that keeps its objects in {@code folder}. */
    static S3Server start(Path folder) throws IOException {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(
                    JAR.toAbsolutePath() + " is missing: mvn pre-integration-test puts it there");
        }
        int port = freePort();
        Process process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        JAR.toString(),
                        "--http.port=" + port,
                        "--server.port=0",
                        "--com.adobe.testing.s3mock.store.root=" + Files.createDirectories(folder.resolve("objects"))))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3mock.log").toFile())
                .start();
        S3Server server = new S3Server(process, URI.create("http://127.0.0.1:" + port));
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> server.answers(folder));
            return server;
        } catch (RuntimeException never) {
            server.close();
            throw never;
        }
    }

    private boolean answers(Path folder) throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("S3Mock has ended: " + Files.readString(folder.resolve("s3mock.log")));
        }
        try {
            client.listBuckets();
            return true;
        } catch (SdkException notYet) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    ExportTarget.Access access() {
        return new ExportTarget.Access(Optional.of(endpoint), Optional.of("us-east-1"), true);
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
        }
    }
}
