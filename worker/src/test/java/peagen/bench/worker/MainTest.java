package peagen.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.Launcher;

class MainTest {

    private final ScriptedProcess process = new ScriptedProcess();

    private ExitCode launch(String... arguments) {
        return new Launcher(process).launch(new Main(), arguments);
    }

    @Test
    void answersHelp() {
        assertThat(launch("--help")).isEqualTo(ExitCode.PASS);

        assertThat(process.printed()).contains("worker", "--redis", "--concurrency", "Exit codes");
        assertThat(process.complained()).isEmpty();
    }

    @Test
    void saysAllProblemsAtOnceAndStartsNothing() {
        assertThat(launch("--handler=fix", "--claim-batch=0")).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(process.complained())
                .contains("redis: missing")
                .contains("handler: got 'fix'")
                .contains("did you mean")
                .contains("claim-batch: got '0'");
    }

    @Test
    void saysInOneLineThatNobodyAnswers() {
        // Port 1 is tcpmux: nobody listens there.
        assertThat(launch("--redis=redis://:secret@127.0.0.1:1")).isEqualTo(ExitCode.INFRASTRUCTURE);

        assertThat(process.complained()).contains("127.0.0.1:1").doesNotContain("secret", "\tat ");
    }
}
