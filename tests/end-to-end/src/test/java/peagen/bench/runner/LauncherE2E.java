package peagen.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/bench} in a checkout of its own, where Maven and Java are shell scripts that say how they were called. */
class LauncherE2E {

    private static final List<String> MODULES = List.of(
            "libs/contract",
            "libs/measurement",
            "libs/streams",
            "libs/service",
            "load-generator",
            "probe-agent",
            "collector",
            "gatekeeper",
            "worker",
            "runner");

    @TempDir
    private Path folder;

    private Path home;
    private Path tools;

    @BeforeEach
    void checkout() throws IOException {
        home = Files.createDirectories(folder.resolve("a check out"));
        tools = Files.createDirectories(folder.resolve("tools"));
        Files.createDirectories(home.resolve("bin"));
        try (Stream<Path> launchers = Files.list(BenchProcess.home().resolve("bin"))) {
            for (Path launcher : launchers.toList()) {
                Files.copy(launcher, home.resolve("bin").resolve(launcher.getFileName()));
            }
        }
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        for (String module : MODULES) {
            Files.createDirectories(home.resolve(module).resolve("src/main/java/x/target"));
            Files.createDirectories(home.resolve(module).resolve("src/test/java"));
            Files.writeString(home.resolve(module).resolve("pom.xml"), "<project/>");
        }
        script(tools.resolve("mvn"), """
                echo "$JAVA_HOME $*" >> '%s/builds'
                echo '[INFO] Building runner 0.1.0-SNAPSHOT                       [11/11]'
                [ ! -e '%s/broken' ] || { echo '[ERROR] X.java:[1,1] no such thing'; exit 1; }
                [ ! -e '%s/slow' ] || sleep 0.5
                mkdir -p runner/target/dist/lib
                touch runner/target/dist/lib/runner-1.jar
                date -u '+%%Y-%%m-%%d %%H:%%M:%%S UTC' > runner/target/dist/built
                """.formatted(folder, folder, folder));
        jdk("jvms/jdk-25", "25.0.1");
        past();
    }

    @Test
    void buildsOnceWithProgressAndNeverAgain() throws Exception {
        Said first = bench("run", "smoke");
        assertThat(first.err()).contains("bench: building from source, once", "[11/11] runner");
        assertThat(first.out()).contains("peagen.bench.runner.Bench run smoke");
        Said second = bench("list");
        assertThat(second.err()).isEmpty();
        assertThat(builds()).hasSize(1);
        assertThat(builds().get(0))
                .startsWith(folder.resolve("jvms/jdk-25") + " ")
                .contains("-Pquick");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "worker/src/main/java/x/X.java",
                "libs/measurement/src/main/java/x/target/X.java",
                "gatekeeper/src/main/resources/gates/v1.0.toml",
                "collector/pom.xml",
                "pom.xml"
            })
    void buildsAgainWhenASourceOrAPomHasChanged(String source) throws Exception {
        built();
        touch(source);
        assertThat(bench("list").err()).contains("building from source");
        assertThat(builds()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "worker/src/test/java/XTest.java",
                "tests/end-to-end/src/test/java/XE2E.java",
                "worker/target/classes/X.class",
                "benchmarks/scenarios/smoke.toml",
                "README.md"
            })
    void doesNotBuildForWhatIsNotInTheProgram(String file) throws Exception {
        built();
        touch(file);
        assertThat(bench("list").err()).isEmpty();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void buildsAgainWhatWasLeftHalfDone() throws Exception {
        built();
        Files.delete(home.resolve("runner/target/dist/lib/runner-1.jar"));
        bench("list");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void twoThatStartTogetherBuildOnce() throws Exception {
        Files.createFile(folder.resolve("slow"));
        Process one = start("list");
        Process other = start("doctor");
        assertThat(one.waitFor()).isZero();
        assertThat(other.waitFor()).isZero();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void saysWhyABuildFailedAndWhereAllOfItIs() throws Exception {
        Files.createFile(folder.resolve("broken"));
        Said said = bench("list");
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.err()).contains("[ERROR] X.java:[1,1] no such thing", "bench: the build failed; ", "build.log");
        Files.delete(folder.resolve("broken"));
        assertThat(bench("list").code()).isZero();
    }

    @Test
    void isFoundThroughALinkFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(tools.resolve("bench"), home.resolve("bin/bench"));
        assertThat(call(folder, "/", link.toString(), "list").out())
                .contains("-Dbench.home=" + home.toRealPath())
                .contains("-cp " + home.toRealPath() + "/runner/target/dist/lib/*");
    }

    @Test
    void aServiceNeverBuildsWhenItIsTold() throws Exception {
        built();
        touch("pom.xml");
        assertThat(call(folder, "never", home.resolve("bin/worker").toString(), "--help")
                        .err())
                .isEmpty();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void takesTheNewerJavaBesideAnOldOne() throws Exception {
        script(tools.resolve("java"), "echo old");
        jdk("jvms/jdk-17", "17.0.9");
        assertThat(bench("list").out()).contains("jdk-25 ");
    }

    @Test
    void saysThatThereIsNoJdk() throws Exception {
        Files.delete(folder.resolve("jvms/jdk-25/release"));
        jdk("jvms/jdk-17", "17.0.9");
        Said said = bench("list");
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.err()).contains("bench: a JDK of 21 or later is needed", "https://adoptium.net");
    }

    @Test
    void saysThatThereIsNoMaven() throws Exception {
        Files.delete(tools.resolve("mvn"));
        Said said = bench("list");
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.err())
                .isEqualTo("bench: Maven is needed to build from source (Debian: apt-get install maven)\n");
    }

    @ParameterizedTest
    @CsvSource({"21.0.5, false", "22, false", "23.0.1, true", "25.0.1, true"})
    void givesEachJdkOnlyTheOptionsThatItKnows(String version, boolean knows) throws Exception {
        Files.delete(folder.resolve("jvms/jdk-25/release"));
        jdk("jvms/jdk-x", version);
        String called = bench("list").out();
        assertThat(called.contains("--sun-misc-unsafe-memory-access=allow")).isEqualTo(knows);
        assertThat(called).contains("-Xmx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"collector", "gatekeeper", "load-generator", "probed-worker", "worker"})
    void noServiceHasMoreThan256MegabytesOfHeap(String service) throws Exception {
        assertThat(call(folder, "", home.resolve("bin").resolve(service).toString())
                        .out())
                .contains("-Xmx256m ");
    }

    private record Said(int code, String out, String err) {}

    private void built() throws Exception {
        bench("list");
        past();
        // What was built a while ago: a stamp of seconds must not decide about what follows at once.
        Files.writeString(home.resolve("runner/target/dist/built"), "2020-01-02 00:00:00 UTC\n");
    }

    /** All sources are old. */
    private void past() throws IOException {
        FileTime old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, old);
            }
        }
    }

    private void touch(String file) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "changed");
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(folder.resolve("builds"));
    }

    private void jdk(String name, String version) throws IOException {
        Path java = Files.createDirectories(folder.resolve(name).resolve("bin")).resolve("java");
        script(java, "echo \"" + folder.resolve(name).getFileName() + " $*\"");
        Files.writeString(folder.resolve(name).resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Said bench(String... args) throws Exception {
        return finished(start(args));
    }

    private Process start(String... args) throws IOException {
        return builder(
                        "",
                        Stream.concat(Stream.of(home.resolve("bin/bench").toString()), Stream.of(args))
                                .toList())
                .start();
    }

    private Said call(Path directory, String build, String... command) throws Exception {
        return finished(
                builder(build, List.of(command)).directory(directory.toFile()).start());
    }

    private ProcessBuilder builder(String build, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_") || name.startsWith("LAUNCH_"));
        builder.environment().put("PATH", tools + ":" + folder.resolve("system"));
        builder.environment().put("LAUNCH_JVMS", folder.resolve("jvms").toString());
        builder.environment().put("LAUNCH_BUILD", build);
        builder.environment().put("HOME", folder.toString());
        return builder;
    }

    /** Everything of the system but Maven and Java. */
    @BeforeEach
    void system() throws IOException {
        Path system = Files.createDirectories(folder.resolve("system"));
        for (String program : List.of(
                "bash",
                "sh",
                "env",
                "readlink",
                "dirname",
                "sed",
                "find",
                "mkdir",
                "flock",
                "tee",
                "grep",
                "awk",
                "head",
                "touch",
                "date",
                "sleep",
                "cat")) {
            for (String place : List.of("/usr/bin", "/bin")) {
                Path real = Path.of(place, program);
                if (Files.exists(real)) {
                    script(system.resolve(program), "exec " + real + " \"$@\"\n");
                }
            }
        }
    }

    private static Said finished(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Said(process.waitFor(), out, err);
    }
}
