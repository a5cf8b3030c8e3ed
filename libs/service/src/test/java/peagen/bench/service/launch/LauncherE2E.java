package peagen.bench.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LauncherE2E {

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void leaveNothingRunning() {
        processes.forEach(Process::destroyForcibly);
    }

    private Process start(String... arguments) throws IOException {
        // Whoever runs the tests in the background has had Ctrl-C switched off for them, and a JVM keeps it so.
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SlowToStop.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        processes.add(process);
        return process;
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    private static String rest(BufferedReader reader) {
        return reader.lines().collect(Collectors.joining("\n"));
    }

    @Test
    void drainsOnSigtermBeforeTheProcessEnds() throws IOException, InterruptedException {
        Process process = start();
        BufferedReader err = process.errorReader();
        assertThat(err.readLine()).isEqualTo("slow: running");
        signal(process, "TERM");
        assertThat(rest(err)).isEqualTo("slow: stopping\ndrained");
        assertThat(process.waitFor()).isEqualTo(143);
    }

    @Test
    void drainsOnTheFirstInterruptAndLeavesAtOnceOnTheSecond() throws IOException, InterruptedException {
        Process process = start("--drain", "20s");
        BufferedReader err = process.errorReader();
        assertThat(err.readLine()).isEqualTo("slow: running");
        signal(process, "INT");
        assertThat(err.readLine()).isEqualTo("slow: stopping");
        signal(process, "INT");
        assertThat(rest(err)).isEmpty();
        assertThat(process.waitFor()).isEqualTo(130);
    }

    @Test
    void endsWithTwoWhenASettingIsWrong() throws IOException, InterruptedException {
        Process process = start("--drian=5s");
        assertThat(rest(process.errorReader())).startsWith("--drian: unknown; did you mean --drain?");
        assertThat(process.waitFor()).isEqualTo(2);
    }
}
