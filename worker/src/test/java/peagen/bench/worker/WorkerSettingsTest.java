package peagen.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.task.RawJson;
import peagen.bench.contract.task.ResultEnvelope.Status;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.settings.SettingsReader;
import peagen.bench.service.settings.SettingsResult;
import peagen.bench.service.settings.SettingsSpec;
import peagen.bench.streams.RedisAddress;
import peagen.bench.worker.domain.Work;

class WorkerSettingsTest {

    private static final SettingsSpec SPEC = WorkerSettings.spec("worker", "Works.");
    private static final TaskEnvelope TASK = new TaskEnvelope(
            "execute",
            "00000000000000aa",
            RawJson.EMPTY_OBJECT,
            Optional.empty(),
            List.of(),
            0,
            "2025-06-01T14:05:23Z");

    private static Settings settings(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--redis";
        all[1] = "redis://127.0.0.1:6379";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Settings.of(SPEC, all);
    }

    @Test
    void withoutMoreThanAnAddressItWorksAsTheFarmsOwnWorkers() {
        Settings settings = settings();

        WorkerConfig config = WorkerSettings.config(settings);

        assertThat(settings.get(WorkerSettings.REDIS)).isEqualTo(RedisAddress.of("127.0.0.1", 6379));
        assertThat(config.consumer()).matches("worker-[0-9a-f]{12}");
        assertThat(config)
                .isEqualTo(WorkerConfig.farmDefaults(StreamNames.peagen(), config.consumer())
                        .inOwnProcess(""));
        assertThat(WorkerSettings.handler(settings).workFor(TASK)).isEqualTo(Work.NONE);
    }

    @Test
    void everySettingReachesTheWorker() {
        WorkerConfig config = WorkerSettings.config(settings(
                "--task-stream=farm.tasks",
                "--consumer=me",
                "--caps=gpu, cpu,gpu",
                "--claim-batch=128",
                "--concurrency=1024",
                "--orphan-idle=2s",
                "--orphan-every=500ms",
                "--max-attempts=0",
                "--results-kept=1000",
                "--worker-class=gpu"));

        assertThat(config)
                .isEqualTo(new WorkerConfig(
                        new StreamNames("farm.tasks", "farm.results", "farm.dead", "peagen"),
                        "me",
                        Set.of("cpu", "gpu"),
                        128,
                        1024,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(500),
                        0,
                        1_000,
                        "gpu",
                        true));
    }

    @Test
    void everySettingOfTheHandlerReachesIt() {
        assertThat(WorkerSettings.handler(settings("--handler=fixed", "--service-time=25ms"))
                        .workFor(TASK))
                .isEqualTo(new Work(25_000_000, Status.OK));
        assertThat(WorkerSettings.handler(settings("--fail-probability=100%"))
                        .workFor(TASK)
                        .status())
                .isEqualTo(Status.ERROR);
        String[] slow = {"--handler=log-normal", "--service-time=1s", "--seed=7"};
        Work work = WorkerSettings.handler(settings(slow)).workFor(TASK);
        assertThat(WorkerSettings.handler(settings(slow)).workFor(TASK)).isEqualTo(work);
        slow[2] = "--seed=8";
        assertThat(WorkerSettings.handler(settings(slow)).workFor(TASK)).isNotEqualTo(work);
    }

    @Test
    void theHelpNamesEverySetting() {
        SettingsResult help = SettingsReader.read(SPEC, List.of("--help"), Map.of());

        assertThat(help).isInstanceOf(SettingsResult.Answered.class);
        assertThat(((SettingsResult.Answered) help).text())
                .contains("Works.")
                .contains(SPEC.settings().stream()
                        .map(setting -> "--" + setting.name())
                        .toList())
                .contains("--claim-batch 128 --concurrency 1024");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--redis=stub://",
                "--redis=embedded",
                "--redis=localhost:6379",
                "--consumer= ",
                "--claim-batch=0",
                "--claim-batch=2",
                "--concurrency=none",
                "--handler=slow",
                "--service-time=10",
                "--service-time=2d",
                "--fail-probability=1.5",
                "--orphan-idle=0s",
                "--orphan-every=1ms",
                "--max-attempts=-1",
                "--results-kept=many"
            })
    void rejectsWhatItCannotWorkWith(String argument) {
        String name = argument.substring(2, argument.indexOf('='));
        List<String> arguments =
                argument.startsWith("--redis") ? List.of(argument) : List.of("--redis=redis://127.0.0.1", argument);

        SettingsResult result = SettingsReader.read(SPEC, arguments, Map.of());

        assertThat(result).isInstanceOf(SettingsResult.Rejected.class);
        assertThat(((SettingsResult.Rejected) result).problems())
                .singleElement()
                .asString()
                .startsWith(name + ": got")
                .contains("expected");
    }

    @Test
    void saysAllProblemsAtOnce() {
        assertThatThrownBy(() -> Settings.of(SPEC, "--handler=fix", "--caps=a,,b", "--concurrency=-1", "--seeds=3"))
                .message()
                .contains("redis: missing")
                .contains("handler: got 'fix'")
                .contains("caps: got 'a,,b'")
                .contains("concurrency: got '-1'")
                .contains("seed");
    }

    @Test
    void showsNoPassword() {
        Settings settings = Settings.of(SPEC, "--redis=redis://:secret@10.0.0.1");

        assertThat(settings.toString()).doesNotContain("secret").contains("redis=****");
    }
}
