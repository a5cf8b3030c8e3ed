package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Gatekeepers as processes of their own. Closing kills what is left of them. */
final class Processes implements AutoCloseable {

    private static final Pattern URL = Pattern.compile("metrics on (http://[0-9.:]+)/");

    private final Path folder;
    private final List<Launched> launched = new ArrayList<>();

    /** Their logs go to {@code folder}. */
    Processes(Path folder) {
        this.folder = folder;
    }

    /** A process and what it says. */
    record Launched(Process process, Path log) {

        String said() {
            try {
                return Files.readString(log);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        /** Where its health is asked; waits until it says so. */
        URI url() {
            GatekeeperContract.patiently().until(() -> URL.matcher(said()).find() || !process.isAlive());
            Matcher url = URL.matcher(said());
            assertThat(url.find()).as(said()).isTrue();
            return URI.create(url.group(1));
        }

        /** Whether it is ready, and why not. */
        HttpResponse<String> ready() {
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(
                        HttpRequest.newBuilder(url().resolve("/health/ready")).build(),
                        HttpResponse.BodyHandlers.ofString());
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            } catch (InterruptedException broken) {
                throw new IllegalStateException(broken);
            }
        }

        void awaitReady() {
            GatekeeperContract.patiently().until(() -> ready().statusCode() == 200);
        }

        void signal(String name) throws IOException, InterruptedException {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        /** Asks it to end, and waits for that. */
        void end() throws InterruptedException {
            process.destroy();
            exitCode();
        }

        /** What it ended with; waits for that. */
        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(40, TimeUnit.SECONDS)).as(said()).isTrue();
            return process.exitValue();
        }
    }

    /** What starts a gatekeeper. */
    static List<String> command(String redis, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--redis",
                redis));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts one that keeps its runs in {@code store}, which is handed over where lists of processes do not show it. */
    Launched launch(String redis, String store, String... arguments) {
        return launchUnder("exec \"$@\"", redis, store, arguments);
    }

    /** Starts one with {@code script} of the shell, whose arguments are the command. */
    Launched launchUnder(String script, String redis, String store, String... arguments) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        command.addAll(command(redis, "--http", "127.0.0.1:0"));
        command.addAll(List.of(arguments));
        Path log = folder.resolve("log-" + launched.size());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("BENCH_STORE", store);
        try {
            Launched fresh = new Launched(builder.start(), log);
            launched.add(fresh);
            return fresh;
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }

    /** What all of them said. */
    String said() {
        return launched.stream()
                .map(each -> each.log().getFileName() + ":\n" + each.said())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        for (Launched each : launched) {
            each.process().destroyForcibly().onExit().join();
        }
    }
}
