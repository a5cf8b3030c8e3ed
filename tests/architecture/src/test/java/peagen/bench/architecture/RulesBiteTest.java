package peagen.bench.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.lang.EvaluationResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that nothing can break is none: each is shown what it must refuse, and what looks alike and is allowed. */
class RulesBiteTest {

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refused")
    void refuses(HouseRule rule, String offender, String[] sources) throws IOException {
        EvaluationResult result = judged(rule, sources);
        assertThat(result.getFailureReport().getDetails()).isNotEmpty();
        assertThat(result.getFailureReport().toString()).contains(offender);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("allowed")
    void allows(HouseRule rule, String what, String[] sources) throws IOException {
        assertThat(judged(rule, sources).getFailureReport().getDetails())
                .as(what)
                .isEmpty();
    }

    @Test
    void everyRuleIsShownSomethingToRefuse() {
        Set<Object> shown = refused().map(arguments -> arguments.get()[0]).collect(Collectors.toSet());
        assertThat(shown).containsExactlyInAnyOrderElementsOf(EnumSet.allOf(HouseRule.class));
    }

    private EvaluationResult judged(HouseRule rule, String... sources) throws IOException {
        return rule.rule().allowEmptyShould(true).evaluate(Scratch.compiled(folder, sources));
    }

    private static Arguments of(HouseRule rule, String what, String... sources) {
        return arguments(rule, what, sources);
    }

    /** A class {@code name} with one method of {@code body}. */
    private static String type(String name, String body) {
        int dot = name.lastIndexOf('.');
        return "package peagen.bench.%s; public class %s { Object o() throws Throwable { %s } }"
                .formatted(name.substring(0, dot), name.substring(dot + 1), body);
    }

    private static String uses(String name, String used) {
        return type(name, "return new peagen.bench." + used + "();");
    }

    private static String leaf(String name) {
        return type(name, "return this;");
    }

    private static Stream<Arguments> rooms() {
        return Stream.of(
                        "contract.A>measurement.B",
                        "streams.A>measurement.B",
                        "service.A>streams.B",
                        "measurement.A>service.B",
                        "collector.edge.A>gatekeeper.B",
                        "worker.A>runner.B")
                .map(pair -> pair.split(">"))
                .map(pair ->
                        of(HouseRule.ROOMS_KNOW_ONLY_ROOMS_BELOW_THEM, pair[0], uses(pair[0], pair[1]), leaf(pair[1])));
    }

    private static Stream<Arguments> bodies(HouseRule rule, String name, String... bodies) {
        return Arrays.stream(bodies).map(body -> of(rule, name, type(name, body)));
    }

    private static final String NULL_MARKED =
            "@org.jspecify.annotations.NullMarked package peagen.bench.worker.domain;";

    static Stream<Arguments> refused() {
        return Stream.of(
                        rooms(),
                        Stream.of(
                                of(HouseRule.EVERY_CLASS_LIES_IN_A_ROOM, "attic.A", leaf("attic.A")),
                                of(HouseRule.EVERY_CLASS_LIES_IN_A_ROOM, "bench.A", "package peagen.bench; class A {}"),
                                of(HouseRule.PACKAGES_ARE_NULL_MARKED, "worker.A", leaf("worker.A")),
                                of(
                                        HouseRule.PACKAGES_ARE_NULL_MARKED,
                                        "worker.domain.A",
                                        leaf("worker.domain.A"),
                                        "@Deprecated package peagen.bench.worker.domain;"),
                                of(
                                        HouseRule.PACKAGES_OF_A_MODULE_FORM_NO_CYCLE,
                                        "worker.domain.A",
                                        uses("worker.domain.A", "worker.edge.B"),
                                        uses("worker.edge.B", "worker.domain.A")),
                                of(
                                        HouseRule.PACKAGES_OF_A_MODULE_FORM_NO_CYCLE,
                                        "worker.Worker",
                                        uses("worker.Worker", "worker.edge.B"),
                                        uses("worker.edge.B", "worker.Worker")),
                                of(
                                        HouseRule.PACKAGES_OF_A_MODULE_FORM_NO_CYCLE,
                                        "worker.WorkerConfig",
                                        uses("worker.WorkerConfig", "worker.edge.B"),
                                        uses("worker.edge.B", "worker.WorkerConfig")),
                                of(
                                        HouseRule.STATICS_ARE_FINAL,
                                        "worker.A.count",
                                        "package peagen.bench.worker; class A { static int count; }")),
                        Stream.of("TimeUtil", "TimeUtils", "TimeHelper", "TaskManager", "BrokerImpl")
                                .map(name -> of(
                                        HouseRule.NAMES_TELL_WHAT_A_THING_IS,
                                        "worker." + name,
                                        leaf("worker." + name))),
                        Stream.of(of(HouseRule.NAMES_TELL_WHAT_A_THING_IS, "util.A", leaf("worker.util.A"))),
                        Stream.of(of(
                                HouseRule.NAMES_TELL_WHAT_A_THING_IS,
                                "worker.A$Helper",
                                "package peagen.bench.worker; class A { record Helper() {} }")),
                        bodies(
                                HouseRule.ONLY_STREAMS_KNOWS_THE_REDIS_CLIENT,
                                "worker.edge.A",
                                "return io.vertx.redis.client.Command.XADD;",
                                "return redis.embedded.RedisExecProvider.defaultProvider();"),
                        bodies(
                                HouseRule.PURE_CODE_KNOWS_NO_FRAMEWORK,
                                "worker.domain.A",
                                "return io.vertx.core.Future.succeededFuture();",
                                "return io.netty.buffer.Unpooled.EMPTY_BUFFER;",
                                "return org.slf4j.LoggerFactory.getLogger(\"a\");"),
                        bodies(
                                HouseRule.PURE_CODE_KNOWS_NO_FRAMEWORK,
                                "measurement.A",
                                "return io.vertx.core.Future.succeededFuture();"),
                        bodies(
                                HouseRule.PURE_CODE_KNOWS_NO_FRAMEWORK,
                                "contract.event.A",
                                "return org.slf4j.LoggerFactory.getLogger(\"a\");"),
                        bodies(
                                HouseRule.PURE_CODE_DOES_NO_INPUT_OUTPUT,
                                "worker.domain.A",
                                "return java.nio.file.Files.readString(java.nio.file.Path.of(\"a\"));",
                                "return java.nio.file.Path.of(\"a\").toRealPath();",
                                "return java.nio.file.Path.of(\"a\").toFile();",
                                "return new java.io.FileInputStream(\"a\");",
                                "java.io.File[] found = new java.io.File(\"a\").listFiles(); return found;",
                                "return new java.net.Socket();",
                                "return java.nio.channels.SocketChannel.open();"),
                        bodies(
                                HouseRule.PURE_CODE_READS_NO_CLOCK,
                                "worker.domain.A",
                                "return System.nanoTime();",
                                "return System.currentTimeMillis();",
                                "java.util.function.LongSupplier now = System::nanoTime; return now;",
                                "return java.time.Clock.systemUTC();",
                                "return java.time.InstantSource.system();",
                                "return java.time.Instant.now();",
                                "return java.time.LocalDate.now(java.time.ZoneOffset.UTC);"),
                        bodies(
                                HouseRule.ONLY_MAINS_END_THE_PROCESS,
                                "gatekeeper.edge.Bench",
                                "System.exit(1); return this;",
                                "Runtime.getRuntime().halt(1); return this;",
                                "java.util.function.IntConsumer end = System::exit; return end;"),
                        bodies(
                                HouseRule.ONLY_MAINS_END_THE_PROCESS,
                                "worker.edge.Main",
                                "System.exit(1); return this;"),
                        bodies(
                                HouseRule.ONLY_RUNNER_AND_LAUNCHER_PRINT,
                                "service.http.A",
                                "System.out.println(); return this;",
                                "return System.err;",
                                "new IllegalStateException().printStackTrace(); return this;"),
                        bodies(
                                HouseRule.NOBODY_SLEEPS,
                                "runner.edge.A",
                                "Thread.sleep(1); return this;",
                                "java.util.concurrent.TimeUnit.SECONDS.sleep(1); return this;"))
                .flatMap(shown -> shown);
    }

    static Stream<Arguments> allowed() {
        return Stream.of(
                of(
                        HouseRule.ROOMS_KNOW_ONLY_ROOMS_BELOW_THEM,
                        "the runner knows all",
                        uses("runner.A", "collector.B"),
                        uses("collector.B", "streams.C"),
                        uses("streams.C", "contract.D"),
                        leaf("contract.D")),
                of(
                        HouseRule.PACKAGES_OF_A_MODULE_FORM_NO_CYCLE,
                        "the composition root above the edge, the config record below it",
                        uses("worker.Worker", "worker.edge.B"),
                        uses("worker.edge.B", "worker.WorkerConfig"),
                        leaf("worker.WorkerConfig")),
                of(
                        HouseRule.ONLY_STREAMS_KNOWS_THE_REDIS_CLIENT,
                        "the proxy's edge",
                        type("probeagent.edge.A", "return io.vertx.redis.client.Command.XADD;")),
                of(
                        HouseRule.PURE_CODE_KNOWS_NO_FRAMEWORK,
                        "an edge",
                        type("worker.edge.A", "return io.vertx.core.Future.succeededFuture();")),
                of(
                        HouseRule.PURE_CODE_DOES_NO_INPUT_OUTPUT,
                        "a path as a value, bytes in memory, an exception",
                        type("worker.domain.A", "return java.nio.file.Path.of(\"a\").resolve(\"b\");"),
                        type("worker.domain.B", "return new java.io.ByteArrayOutputStream().toByteArray();"),
                        type("worker.domain.C", "throw new java.io.UncheckedIOException(new java.io.IOException());")),
                of(
                        HouseRule.PURE_CODE_READS_NO_CLOCK,
                        "a clock that was handed in",
                        type("worker.domain.A", "java.time.Clock given = null; return java.time.Instant.now(given);"),
                        type("worker.edge.B", "return System.nanoTime();")),
                of(HouseRule.PACKAGES_ARE_NULL_MARKED, "a package that says so", leaf("worker.domain.A"), NULL_MARKED),
                of(
                        HouseRule.ONLY_MAINS_END_THE_PROCESS,
                        "entrances and the launcher",
                        type("worker.Main", "System.exit(1); return this;"),
                        type("runner.ProbedWorkerMain", "System.exit(1); return this;"),
                        type("runner.Bench", "System.exit(1); return this;"),
                        type("service.launch.A", "System.exit(1); return this;")),
                of(
                        HouseRule.ONLY_RUNNER_AND_LAUNCHER_PRINT,
                        "the runner and the launcher",
                        type("runner.edge.A", "return System.out;"),
                        type("service.launch.A", "return System.err;")));
    }
}
