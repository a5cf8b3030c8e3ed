package peagen.bench.service.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.Serial;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.service.log.LogFormat;
import peagen.bench.service.log.LogLevel;
import peagen.bench.service.log.Logging;
import peagen.bench.service.settings.Setting;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.settings.SettingsSpec;
import peagen.bench.service.syntax.Syntax;

class LauncherTest {

    private static final Setting<Integer> BATCH =
            Setting.of("batch", "how many", Syntax.wholeNumber(1, 10)).defaultsTo(1);

    private final FakeProcess host = new FakeProcess();
    private final Promise<ExitCode> done = Promise.promise();
    private final AtomicInteger stops = new AtomicInteger();
    private Supplier<Future<Void>> stopping = Future::succeededFuture;

    @AfterEach
    void leaveTheProcessQuiet() {
        Logging.configure(LogLevel.WARN, LogFormat.TEXT, Map.of(), System.err);
    }

    /** A program whose start answers {@code start}. */
    private record Program(Supplier<Future<RunningService>> startup) implements ServiceProgram {
        @Override
        public SettingsSpec spec() {
            return SettingsSpec.of("tester", "tests the launcher").with(BATCH);
        }

        @Override
        public Future<RunningService> start(Vertx vertx, Settings settings) {
            return startup.get();
        }
    }

    private static final class Refusal extends RuntimeException implements UserFacing {
        @Serial
        private static final long serialVersionUID = 1L;

        Refusal() {
            super("gate file v0.9 says no");
        }

        @Override
        public ExitCode exitCode() {
            return ExitCode.BAD_INPUT;
        }
    }

    private Program running() {
        return new Program(() -> Future.succeededFuture(new RunningService() {
            @Override
            public Future<Void> stop() {
                stops.incrementAndGet();
                return stopping.get();
            }

            @Override
            public Future<ExitCode> done() {
                return done.future();
            }
        }));
    }

    private static Program failing(Throwable failure) {
        return new Program(() -> Future.failedFuture(failure));
    }

    private ExitCode launch(ServiceProgram program, String... arguments) {
        return new Launcher(host).launch(program, arguments);
    }

    private CompletableFuture<ExitCode> launchBeside(ServiceProgram program, Duration patience) {
        return CompletableFuture.supplyAsync(() -> new Launcher(host, patience).launch(program));
    }

    @Test
    void answersHelpOnStandardOutputAndEndsWithPass() {
        assertThat(launch(running(), "--help")).isEqualTo(ExitCode.PASS);
        assertThat(host.printed())
                .contains("tests the launcher", "--batch NUMBER", "--log-level", "BENCH_LOG_FORMAT")
                .contains("Exit codes\n  0  pass", "  4  inconclusive");
        assertThat(host.complained()).isEmpty();
        assertThat(stops).hasValue(0);
    }

    @Test
    void printsEveryProblemOnStandardErrorAndEndsWithBadInput() {
        host.variables.put("BENCH_LOG_LEVEL", "loud");
        assertThat(launch(running(), "--batch=0", "--btch")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(host.complained()).isEqualTo("""
                        --btch: unknown; did you mean --batch?
                        batch: got '0', expected a whole number from 1 to 10 (from --batch)
                        log-level: got 'loud', expected one of trace, debug, info, warn, error, off (from BENCH_LOG_LEVEL)
                        Try 'tester --help'.
                        """);
        assertThat(host.printed()).isEmpty();
    }

    @Test
    void checksTheSettingsOfAnyServiceWithoutStartingIt() {
        host.variables.put("BENCH_LOG_LEVEL", "debug");
        assertThat(launch(failing(new IllegalStateException("was started")), "--batch=3", "--check-config"))
                .isEqualTo(ExitCode.PASS);
        assertThat(host.printed())
                .startsWith("tester: the settings are sound\n")
                .containsPattern("batch +3 +--batch\n")
                .containsPattern("log-level +debug +BENCH_LOG_LEVEL\n");
        assertThat(launch(failing(new IllegalStateException("was started")), "--batch=0", "--check-config"))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(host.complained()).startsWith("batch: got '0', expected ");
    }

    @Test
    void endsWithTheCodeOfAServiceThatIsDoneAndStopsItFirst() {
        done.complete(ExitCode.FAIL);
        assertThat(launch(running())).isEqualTo(ExitCode.FAIL);
        assertThat(stops).hasValue(1);
        assertThat(host.complained()).isEqualTo("tester: running\n");
    }

    @Test
    void tellsAFailureToStartInOneLine() {
        assertThat(launch(failing(new IllegalStateException("cannot reach redis://host:6379: connection refused"))))
                .isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(host.complained()).isEqualTo("tester: cannot reach redis://host:6379: connection refused\n");
    }

    @Test
    void endsAsAUserFacingExceptionAsks() {
        assertThat(launch(failing(new CompletionException(new Refusal())))).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(host.complained()).isEqualTo("tester: gate file v0.9 says no\n");
    }

    @Test
    void summarisesAnExceptionThatWasNotMeantForUsers() {
        assertThat(launch(failing(new IllegalStateException("first\nsecond")))).isEqualTo(ExitCode.INFRASTRUCTURE);
        launch(failing(new NullPointerException()));
        assertThat(host.complained()).isEqualTo("""
                        tester: unexpected IllegalStateException: first; --log-level debug shows where
                        tester: unexpected NullPointerException; --log-level debug shows where
                        """);
    }

    @Test
    void showsStackTracesToThoseWhoDebug() {
        launch(failing(new IllegalStateException("why")), "--log-level", "debug", "--log-format", "text");
        assertThat(host.complained())
                .contains("DEBUG service.launch.Launcher: settings batch=1 log-level=debug log-format=text")
                .contains("tester: why\n", "\tat ");
    }

    @Test
    void treatsAProgramThatThrowsLikeOneThatFails() {
        ServiceProgram throwing = new Program(() -> {
            throw new IllegalArgumentException("thrown");
        });
        assertThat(launch(throwing)).isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(host.complained()).isEqualTo("tester: thrown\n");
    }

    @Test
    void stopsAServiceWhoseWorkFails() {
        done.fail("Redis is gone");
        assertThat(launch(running())).isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(host.complained()).endsWith("tester: Redis is gone\n");
        assertThat(stops).hasValue(1);
    }

    @Test
    void keepsTheProcessAliveUntilTheServiceHasStopped() {
        Promise<Void> drained = Promise.promise();
        stopping = drained::future;
        CompletableFuture<ExitCode> launched = launchBeside(running(), Launcher.PATIENCE);
        await().until(() -> host.complained().contains("running"));
        CompletableFuture<Void> signalled = CompletableFuture.runAsync(host.hook.join());
        await().until(() -> stops.get() == 1);
        assertThat(signalled).isNotDone();
        assertThat(launched).isNotDone();
        drained.complete();
        signalled.join();
        assertThat(launched.join()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(host.complained()).isEqualTo("tester: running\ntester: stopping\n");
    }

    @Test
    void doesNotWaitForEverWhenStoppingHangs() {
        stopping = () -> Promise.<Void>promise().future();
        done.complete(ExitCode.PASS);
        assertThat(launchBeside(running(), Duration.ofMillis(50)).join()).isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(host.complained()).endsWith("tester: did not stop within 50ms\n");
    }

    @Test
    void doesNotCallAPassWhatCouldNotBeFlushed() {
        stopping = () -> Future.failedFuture("cannot write raw.jsonl: disk full");
        done.complete(ExitCode.PASS);
        assertThat(launch(running())).isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(host.complained()).endsWith("tester: stopping failed: cannot write raw.jsonl: disk full\n");
    }

    @Test
    void keepsAFailThatCouldNotBeFlushed() {
        stopping = () -> {
            throw new IllegalStateException("bug");
        };
        done.complete(ExitCode.FAIL);
        assertThat(launch(running())).isEqualTo(ExitCode.FAIL);
    }

    @Test
    void canBeAskedToEndWhileItStarts() {
        Promise<RunningService> slow = Promise.promise();
        CompletableFuture<ExitCode> launched = launchBeside(new Program(slow::future), Launcher.PATIENCE);
        host.hook.join().run();
        assertThat(launched.join()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(host.complained()).isEqualTo("tester: stopping\n");
    }

    @Test
    void stopsAServiceThatHasStartedOnlyAfterItWasAskedToEnd() {
        Promise<RunningService> slow = Promise.promise();
        CompletableFuture<ExitCode> launched = launchBeside(new Program(slow::future), Launcher.PATIENCE);
        CompletableFuture<Void> signalled = CompletableFuture.runAsync(host.hook.join());
        await().until(() -> host.complained().contains("stopping"));
        slow.complete(() -> {
            stops.incrementAndGet();
            return Future.succeededFuture();
        });
        signalled.join();
        assertThat(launched.join()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(stops).hasValue(1);
        assertThat(host.complained()).isEqualTo("tester: stopping\n");
    }

    @Test
    void hasNothingToWaitForWhenTheProcessExitsAfterwards() {
        done.complete(ExitCode.PASS);
        assertThat(launch(running())).isEqualTo(ExitCode.PASS);
        host.hook.join().run();
        assertThat(host.complained()).isEqualTo("tester: running\n");
    }

    @Test
    void endsTheProcessWithWhatTheLaunchAnswered() {
        done.complete(ExitCode.INCONCLUSIVE);
        Launcher.run(host, running());
        assertThat(host.status).isCompletedWithValue(4);
    }

    @Test
    void doesNotMistakeABugForAMissedTarget() {
        Launcher.run(host, new ServiceProgram() {
            @Override
            public SettingsSpec spec() {
                return SettingsSpec.of("tester", "declares a setting twice").with(BATCH, BATCH);
            }

            @Override
            public Future<RunningService> start(Vertx vertx, Settings settings) {
                throw new AssertionError("never started");
            }
        });
        assertThat(host.complained()).contains("IllegalArgumentException: reserved or declared twice: batch");
        assertThat(host.status).isCompletedWithValue(3);
    }

    @Test
    void stopsAServiceThatCannotSayWhatItIs() {
        ServiceProgram odd = new Program(() -> Future.succeededFuture(new RunningService() {
            @Override
            public Future<Void> stop() {
                stops.incrementAndGet();
                return Future.succeededFuture();
            }

            @Override
            public String announcement() {
                throw new IllegalStateException("no address yet");
            }
        }));
        assertThat(launch(odd)).isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(host.complained()).isEqualTo("tester: no address yet\n");
        assertThat(stops).hasValue(1);
    }

    @Test
    void aDaemonIsNeverDone() {
        RunningService daemon = Future::succeededFuture;
        assertThat(daemon.done().isComplete()).isFalse();
    }
}
