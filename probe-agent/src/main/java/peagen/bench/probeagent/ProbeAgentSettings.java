package peagen.bench.probeagent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.event.WorkerClass;
import peagen.bench.probeagent.domain.Hands;
import peagen.bench.probeagent.domain.conversation.Observing;
import peagen.bench.probeagent.domain.envelope.Envelopes;
import peagen.bench.probeagent.domain.envelope.FieldPath;
import peagen.bench.probeagent.domain.envelope.PathEnvelopes;
import peagen.bench.probeagent.domain.envelope.PeagenEnvelopes;
import peagen.bench.probeagent.edge.proxy.TlsFileException;
import peagen.bench.probeagent.edge.proxy.TlsFiles;
import peagen.bench.service.http.OperationsServer;
import peagen.bench.service.settings.Setting;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.settings.SettingsSpec;
import peagen.bench.service.syntax.HostPort;
import peagen.bench.service.syntax.Syntax;
import peagen.bench.streams.BrokerAddress;
import peagen.bench.streams.RedisAddress;

/** What a user can set of a probe agent. */
final class ProbeAgentSettings {

    static final Setting<Optional<HostPort>> HTTP = OperationsServer.setting(9466);
    static final Setting<RedisAddress> UPSTREAM = Setting.of(
            "upstream",
            "the farm's Redis, with credentials that may write the event stream",
            Syntax.of("URL", BrokerAddress.EXPECTED_SERVER, BrokerAddress::server, RedisAddress::reveal)
                    .hidden());

    static final Setting<Duration> WAIT_FOR_REDIS = Setting.of(
                    "wait-for-redis",
                    "how long to wait for a Redis that is not there yet; nobody can connect meanwhile",
                    Syntax.duration(Duration.ZERO, Duration.ofDays(1)))
            .defaultsTo(Duration.ofSeconds(30));

    private static final Setting<HostPort> LISTEN = Setting.of(
                    "listen", "where workers connect to instead of Redis; port 0 takes any free one", Syntax.hostPort())
            .defaultsTo(new HostPort("127.0.0.1", 6390));
    private static final Setting<Observing> OBSERVE = Setting.of(
                    "observe",
                    "write-ahead puts every observation in front of the command it is of, so that none is ever lost;"
                            + " batched sends it within milliseconds and costs Redis less",
                    Syntax.choice(Observing.class))
            .defaultsTo(Observing.WRITE_AHEAD);
    private static final Setting<String> TASK_STREAM = Setting.of("task-stream", "the task stream", Syntax.text())
            .defaultsTo(StreamNames.peagen().tasks());
    private static final Setting<Optional<String>> RESULT_STREAM =
            Setting.optional("result-stream", "the result stream; else named after the task stream", Syntax.text());
    private static final Setting<Optional<String>> DEAD_STREAM = Setting.optional(
            "dead-letter-stream", "the dead-letter stream; else named after the task stream", Syntax.text());
    private static final Setting<String> GROUP = Setting.of("group", "the workers' consumer group", Syntax.text())
            .defaultsTo(StreamNames.peagen().group());
    private static final Setting<Optional<FieldPath>> TAG_PATH = path(
            "tag-path",
            "where the load generator's tag stands in a task; given, tasks are read by paths and not as"
                    + " peagen-streams");
    private static final Setting<Optional<FieldPath>> ID_PATH =
            path("id-path", "where a task's identity stands; else its entry id is its identity");
    private static final Setting<Optional<FieldPath>> KIND_PATH = path("kind-path", "where a task's kind stands");
    private static final Setting<Optional<FieldPath>> ATTEMPTS_PATH =
            path("attempts-path", "where it stands how often a task was enqueued again");
    private static final Setting<FieldPath> RESULT_TASK_PATH = Setting.of(
                    "result-task-path", "where a result names its task", paths())
            .defaultsTo(new FieldPath("task_id", List.of()));
    private static final Setting<Optional<FieldPath>> RESULT_STATUS_PATH =
            path("result-status-path", "where a result's status stands");
    private static final Setting<List<String>> FAILING = Setting.of(
                    "failing-status",
                    "the statuses of results that say that the task failed, comma separated",
                    Syntax.text().list())
            .defaultsTo(List.of("error"));
    private static final Setting<Optional<Path>> TLS_CERTIFICATE = Setting.optional(
            "tls-certificate", "PEM file with the certificate that workers are met with", Syntax.path());
    private static final Setting<Optional<Path>> TLS_KEY =
            Setting.optional("tls-key", "PEM file with the certificate's private key, PKCS #8", Syntax.path());
    private static final Setting<Optional<String>> CONTAINER = Setting.optional(
            "container",
            "the id of the container that the workers run in, for an agent beside one worker;"
                    + " else a consumer name that looks like a container id is taken for one",
            Syntax.text());
    private static final Setting<String> WORKER_CLASS = Setting.of(
                    "worker-class",
                    "what sort of machine the workers run on, in one word such as cpu or gpu; their times are kept"
                            + " apart by it",
                    Syntax.of("CLASS", WorkerClass.EXPECTED, WorkerClass::parse, text -> text))
            .defaultsTo(WorkerClass.NOT_SAID);
    private static final Setting<Integer> KEPT_BYTES = Setting.of(
                    "seen-bytes",
                    "how large a command or reply about tasks may be to be seen; larger ones are passed on unobserved",
                    Syntax.wholeNumber(64 * 1024, 64 * 1024 * 1024))
            .defaultsTo(ProbeAgentConfig.DEFAULT_KEPT_BYTES);
    private static final Setting<Integer> MAX_CONNECTIONS = Setting.of(
                    "max-connections", "how many workers' connections there may be", Syntax.wholeNumber(1, 65_000))
            .defaultsTo(ProbeAgentConfig.DEFAULT_MAX_CONNECTIONS);
    private static final Setting<Integer> THREADS = Setting.of(
                    "threads", "how many threads share the connections", Syntax.wholeNumber(1, 64))
            .defaultsTo(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8));

    private static final Setting<Duration> SPIN = Setting.of(
                    "spin",
                    "how long a thread looks for more before it sleeps, four times that where it pays, 0s for never: shorter waits"
                            + " for processor time",
                    Syntax.duration(Duration.ZERO, Duration.ofMillis(10)))
            .defaultsTo(ProbeAgentConfig.DEFAULT_SPIN);

    private ProbeAgentSettings() {}

    private static Setting<Optional<FieldPath>> path(String name, String description) {
        return Setting.optional(name, description, paths());
    }

    private static Syntax<FieldPath> paths() {
        return Syntax.of("PATH", FieldPath.EXPECTED, FieldPath::parse, FieldPath::toString);
    }

    static SettingsSpec spec() {
        return SettingsSpec.of(
                        "probe-agent",
                        "Stands between workers and Redis, changes nothing, and observes what becomes of every task.")
                .with(
                        UPSTREAM,
                        WAIT_FOR_REDIS,
                        LISTEN,
                        OBSERVE,
                        TASK_STREAM,
                        RESULT_STREAM,
                        DEAD_STREAM,
                        GROUP,
                        TAG_PATH,
                        ID_PATH,
                        KIND_PATH,
                        ATTEMPTS_PATH,
                        RESULT_TASK_PATH,
                        RESULT_STATUS_PATH,
                        FAILING,
                        TLS_CERTIFICATE,
                        TLS_KEY,
                        CONTAINER,
                        WORKER_CLASS,
                        KEPT_BYTES,
                        MAX_CONNECTIONS,
                        THREADS,
                        SPIN,
                        HTTP)
                .rule(ProbeAgentSettings::tlsIsWhole)
                // The other services' word for the same server, in an environment that they all share.
                .foreignEnvironment("BENCH_REDIS")
                .example(
                        "probe-agent --listen 127.0.0.1:6390 --upstream redis://127.0.0.1:6379",
                        "workers get QUEUE_URL=redis://127.0.0.1:6390/0")
                .example(
                        "probe-agent --upstream rediss://agent:secret@redis.example:6380 --task-stream jobs"
                                + " --tag-path bench --id-path job_id",
                        "a queue of flat fields, TLS to Redis");
    }

    private static List<String> tlsIsWhole(Settings settings) {
        boolean certificate = settings.get(TLS_CERTIFICATE).isPresent();
        boolean key = settings.get(TLS_KEY).isPresent();
        List<String> problems = new ArrayList<>();
        if (certificate != key) {
            problems.add((certificate ? "tls-key" : "tls-certificate") + ": missing, expected with "
                    + (certificate ? "tls-certificate" : "tls-key"));
        }
        return problems;
    }

    /** @throws TlsFileException if a certificate or key cannot be used */
    static ProbeAgentConfig config(Settings settings) {
        RedisAddress upstream = settings.get(UPSTREAM);
        StreamNames named = StreamNames.forTasks(settings.get(TASK_STREAM));
        return new ProbeAgentConfig(
                settings.get(LISTEN),
                upstream,
                new StreamNames(
                        named.tasks(),
                        settings.get(RESULT_STREAM).orElse(named.results()),
                        settings.get(DEAD_STREAM).orElse(named.deadLetters()),
                        settings.get(GROUP)),
                envelopes(settings),
                settings.get(OBSERVE),
                settings.get(TLS_CERTIFICATE)
                        .flatMap(certificate -> settings.get(TLS_KEY).map(key -> TlsFiles.server(certificate, key))),
                TlsFiles.towards(upstream),
                settings.get(CONTAINER),
                settings.get(WORKER_CLASS),
                settings.get(KEPT_BYTES),
                settings.get(MAX_CONNECTIONS),
                Hands.DEFAULT_LIMIT,
                settings.get(THREADS),
                settings.get(SPIN),
                ProbeAgentConfig.DEFAULT_DRAIN_LIMIT);
    }

    private static Envelopes envelopes(Settings settings) {
        return settings.get(TAG_PATH)
                .<Envelopes>map(tag -> new PathEnvelopes(
                        settings.get(ID_PATH),
                        settings.get(KIND_PATH),
                        settings.get(ATTEMPTS_PATH),
                        tag,
                        settings.get(RESULT_TASK_PATH),
                        settings.get(RESULT_STATUS_PATH),
                        settings.get(FAILING)))
                .orElse(PeagenEnvelopes.INSTANCE);
    }
}
