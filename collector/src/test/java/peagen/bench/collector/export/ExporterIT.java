package peagen.bench.collector.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.service.launch.ExitCode;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** Exports to a server that speaks S3. */
class ExporterIT {

    private static final int MIB = 1 << 20;

    @TempDir
    private static Path serverFolder;

    private static S3Server server;
    private static int buckets;

    @TempDir
    private Path runs;

    private final String bucket = "bench-" + buckets++;
    private final ExportTarget target =
            ExportTarget.parse("s3://" + bucket + "/raw").orElseThrow();
    private final List<String> done = new ArrayList<>();
    private Path run;

    /** Counts the parts that leave, and changes requests and answers on their way. */
    private static final class Watcher implements ExecutionInterceptor {
        private final List<Integer> parts = new ArrayList<>();
        private UnaryOperator<SdkRequest> request = UnaryOperator.identity();
        private UnaryOperator<SdkResponse> response = UnaryOperator.identity();

        @Override
        public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
            if (context.request() instanceof UploadPartRequest part) {
                parts.add(part.partNumber());
            }
            return request.apply(context.request());
        }

        @Override
        public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
            return response.apply(context.response());
        }
    }

    @BeforeAll
    static void startServer() throws IOException {
        System.setProperty("aws.accessKeyId", "a-key");
        System.setProperty("aws.secretAccessKey", "a-secret");
        server = S3Server.start(serverFolder);
    }

    @AfterAll
    static void stopServer() {
        server.close();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @BeforeEach
    void makeRun() throws IOException {
        server.client.createBucket(create -> create.bucket(bucket));
        run = Files.createDirectories(runs.resolve("run-1"));
    }

    private void export(boolean dryRun, ExecutionInterceptor... watchers) {
        ExportProgress progress = new ExportProgress() {
            @Override
            public void sent(String url, long sent, long size) {
                assertThat(sent).isLessThanOrEqualTo(size);
            }

            @Override
            public void done(String url, long size, Done how) {
                done.add(how + " " + url.substring(url.indexOf("/raw/") + 1));
            }
        };
        try (Exporter exporter = new Exporter(target, server.access(), progress, watchers)) {
            exporter.check();
            exporter.export(run, dryRun);
        }
    }

    private List<String> keys() {
        return server.client.listObjectsV2(list -> list.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private byte[] stored(String key) {
        return server.client
                .getObjectAsBytes(get -> get.bucket(bucket).key(key))
                .asByteArray();
    }

    private byte[] write(String name, int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        Files.createDirectories(run.resolve(name).getParent());
        Files.write(run.resolve(name), content);
        return content;
    }

    private static void assertFails(ThrowingCallable call, ExitCode code, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ExportException.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(code))
                .message()
                .contains(parts)
                .doesNotContain("\n", "a-secret");
    }

    @Test
    void uploadsEveryFileOfARunAndLeavesAloneWhatIsThere() throws IOException {
        byte[] part = write("metrics-0001.jsonl.gz", 100_000);
        write("verdict.json", 0);
        write("deeper/index", 17);
        write(".metrics-0002.jsonl.gz.part", 5);
        write("run.json.part", 5);
        write("metrics-0001.jsonl", 5);
        write("tasks.jsonl", 5);
        export(true);
        assertThat(keys()).isEmpty();
        export(false);
        assertThat(keys())
                .containsExactlyInAnyOrder(
                        "raw/run-1/deeper/index",
                        "raw/run-1/metrics-0001.jsonl.gz",
                        "raw/run-1/tasks.jsonl",
                        "raw/run-1/verdict.json");
        assertThat(stored("raw/run-1/metrics-0001.jsonl.gz")).isEqualTo(part);
        write("tasks.jsonl", 6);
        Files.writeString(run.resolve("deeper/index"), "seventeen letters");
        done.clear();
        export(false);
        assertThat(done)
                .containsExactly(
                        "UPLOADED raw/run-1/deeper/index",
                        "UNCHANGED raw/run-1/metrics-0001.jsonl.gz",
                        "UPLOADED raw/run-1/tasks.jsonl",
                        "UNCHANGED raw/run-1/verdict.json");
        assertThat(stored("raw/run-1/deeper/index")).asString().isEqualTo("seventeen letters");
    }

    @Test
    void aKilledExportGoesOnWhereItStoppedAndUploadsNoPartTwice() throws Exception {
        byte[] content = write("metrics-0001.jsonl.gz", 24 * MIB + 12_345);
        Process export = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Daws.accessKeyId=a-key",
                        "-Daws.secretAccessKey=a-secret",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ExportProcess.class.getName(),
                        server.endpoint.toString(),
                        target.toString(),
                        run.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = export.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.lines().filter(line -> line.startsWith("sent")).findFirst())
                    .contains("sent " + 8 * MIB);
        } finally {
            export.destroyForcibly().waitFor();
        }
        assertThat(keys()).isEmpty();
        Watcher watcher = new Watcher();
        export(false, watcher);
        assertThat(watcher.parts).containsExactly(2, 3, 4);
        assertThat(stored("raw/run-1/metrics-0001.jsonl.gz")).isEqualTo(content);
        assertThat(server.client
                        .listMultipartUploads(list -> list.bucket(bucket))
                        .uploads())
                .isEmpty();
        done.clear();
        export(false, watcher);
        assertThat(done).containsExactly("UNCHANGED raw/run-1/metrics-0001.jsonl.gz");
        assertThat(watcher.parts).hasSize(3);
    }

    @Test
    void uploadsAPartAgainThatIsNotTheFilesAnyMore() throws Exception {
        write("metrics-0001.jsonl.gz", 16 * MIB);
        Watcher breaks = new Watcher();
        breaks.request = request -> {
            if (breaks.parts.size() > 1) {
                throw new IllegalStateException("the process ends");
            }
            return request;
        };
        assertThatThrownBy(() -> export(false, breaks)).hasMessageContaining("the process ends");
        byte[] other = new byte[16 * MIB];
        Files.write(run.resolve("metrics-0001.jsonl.gz"), other);
        Watcher watcher = new Watcher();
        export(false, watcher);
        assertThat(watcher.parts).containsExactly(1, 2);
        assertThat(stored("raw/run-1/metrics-0001.jsonl.gz")).isEqualTo(other);
    }

    @Test
    void theStoreTakesNothingThatWasChangedOnTheWay() throws IOException {
        write("verdict.json", 1000);
        Watcher watcher = new Watcher();
        watcher.request = request -> request instanceof PutObjectRequest put
                ? put.toBuilder()
                        .checksumSHA256("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
                        .build()
                : request;
        assertFails(
                () -> export(false, watcher),
                ExitCode.INFRASTRUCTURE,
                "s3://" + bucket + "/raw/run-1/verdict.json: refused",
                "HTTP 400");
        assertThat(keys()).isEmpty();
    }

    @Test
    void doesNotBelieveAStoreThatAnswersAnotherChecksumOrNone() throws IOException {
        write("verdict.json", 1000);
        for (String answer : new String[] {"AAAA=", null}) {
            Watcher watcher = new Watcher();
            watcher.response = response -> response instanceof PutObjectResponse put
                    ? put.toBuilder().checksumSHA256(answer).build()
                    : response;
            assertFails(
                    () -> export(false, watcher),
                    ExitCode.INFRASTRUCTURE,
                    "s3://" + bucket + "/raw/run-1/verdict.json: ",
                    answer == null ? "answers no SHA-256" : "SHA-256 is AAAA=");
            server.client.deleteObject(delete -> delete.bucket(bucket).key("raw/run-1/verdict.json"));
        }
    }

    @Test
    void saysThatThereIsNoBucket() throws IOException {
        write("verdict.json", 10);
        server.client.deleteBucket(delete -> delete.bucket(bucket));
        assertFails(
                () -> export(false),
                ExitCode.INFRASTRUCTURE,
                target + ": there is no such bucket at " + server.endpoint);
    }

    @Test
    void saysThatNobodyAnswers() {
        ExportTarget.Access nowhere =
                new ExportTarget.Access(Optional.of(URI.create("http://127.0.0.1:1")), Optional.empty(), true);
        try (Exporter exporter = new Exporter(target, nowhere, new Silence())) {
            assertFails(
                    exporter::check,
                    ExitCode.INFRASTRUCTURE,
                    target + ": nobody answers at http://127.0.0.1:1 (ConnectException: Connection refused)");
        }
    }

    @Test
    void namesAFileThatCannotBeRead() {
        try (Exporter exporter = new Exporter(target, server.access(), new Silence())) {
            assertFails(
                    () -> exporter.export(run.resolve("missing"), false),
                    ExitCode.BAD_INPUT,
                    "cannot read " + run.resolve("missing"));
        }
    }

    private static final class Silence implements ExportProgress {
        @Override
        public void sent(String url, long sent, long size) {}

        @Override
        public void done(String url, long size, Done done) {}
    }
}
