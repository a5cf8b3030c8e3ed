package peagen.bench.contract;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import peagen.bench.contract.entry.Blob;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.contract.event.Quarantined;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.contract.task.RawJson;
import peagen.bench.contract.task.ResultEnvelope;
import peagen.bench.contract.task.ResultJson;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskIds;
import peagen.bench.contract.task.TaskJson;
import peagen.bench.contract.task.TaskTag;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.contract.verdict.VerdictState;

/** One of everything that travels. The golden fixtures hold exactly these, so their values must never change. */
public final class Examples {

    /** A message: what it means, how it stands in its stream, and how it is read from there. */
    public record Example(String name, Object value, Fields fields, Function<Fields, ? extends Decoded<?>> decoder) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static final String RUN = "20250601-140523-smoke-3f2a91";
    static final long AT = 1_748_786_723_000_000L;

    private Examples() {}

    /** Every message that one of our decoders reads from a stream. */
    public static List<Example> all() {
        return List.of(
                run("run.requested", Additions.requested()),
                run("run.stop_requested", Additions.stopRequested()),
                run("run.declared", declared()),
                run(
                        "run.closed",
                        new RunEvent.RunClosed(
                                envelope("load-generator-3f2a91", 42),
                                RunEvent.Outcome.INTERRUPTED,
                                "SIGINT after 12 s",
                                2000,
                                3)),
                run("service.started", new RunEvent.ServiceStarted(serviceEnvelope(0), "collector")),
                run("service.stopped", new RunEvent.ServiceStopped(serviceEnvelope(9), "collector")),
                run("worker.connected", new RunEvent.WorkerConnected(envelopeOfAgent(1), seenWorker())),
                run("worker.disconnected", new RunEvent.WorkerDisconnected(envelopeOfAgent(2), seenWorker(), 1)),
                task("tasks.enqueued", enqueued()),
                task("tasks.observed", observed()),
                task("tasks.outstanding", outstanding()),
                task("results.measured", measured()),
                task("workers.seen", Additions.workersSeen()),
                task("faults.marked", Additions.faults()),
                new Example("metrics.delta", delta(), delta().encode(), MetricsDelta::decode),
                new Example("verdict", verdict(), VerdictJson.entry(verdict()), VerdictJson::decode),
                new Example("task", taskEnvelope(), data(taggedTask()), fields -> TaskJson.read(data(fields))),
                new Example(
                        "result", result(), data(ResultJson.write(result())), fields -> ResultJson.read(data(fields))));
    }

    /** The quarantine entry, which people read and no decoder does. */
    public static Fields quarantined() {
        Fields original = Fields.builder()
                .put("v", 1)
                .put("type", "tasks.observed")
                .put("rows", new byte[] {1, 8, (byte) 0xff})
                .build();
        return Quarantined.entry(
                StreamNames.peagen().events(),
                new EntryId(1_748_786_723_123L, 4),
                original,
                "field 'run' is missing",
                "collector-77ab01");
    }

    /** The bytes that the load generator enqueues. */
    public static byte[] taggedTask() {
        TaskTag tag = new TaskTag(RUN, 1999, AT + 9_995_000, Phase.STEADY);
        return TaskJson.tagged(
                "execute", TaskIds.ofRun(RUN).id(1999), tag, "xxxx", List.of("cpu"), "2025-06-01T14:05:32Z");
    }

    /** What {@link #taggedTask} reads as. */
    public static TaskEnvelope taskEnvelope() {
        TaskTag tag = new TaskTag(RUN, 1999, AT + 9_995_000, Phase.STEADY);
        return new TaskEnvelope(
                "execute",
                TaskIds.ofRun(RUN).id(1999),
                RawJson.of("{\"bench\":{\"run\":\"20250601-140523-smoke-3f2a91\",\"seq\":1999,"
                        + "\"due_us\":1748786732995000,\"phase\":\"steady\"},\"padding\":\"xxxx\"}"),
                java.util.Optional.of(tag),
                List.of("cpu"),
                0,
                "2025-06-01T14:05:32Z");
    }

    /** A result with the audit data that the contract wants. */
    public static ResultEnvelope result() {
        return new ResultEnvelope(
                "a3f8b8d1e8124f90",
                ResultEnvelope.Status.OK,
                RawJson.of(
                        "{\"handler_version\":\"1.4.0\",\"image_tag\":\"worker:0.1\",\"worker_id\":\"consumer-77ab01\"}"),
                "2025-06-01T14:05:33Z",
                1);
    }

    /** What was added to messages of version 1 later on: the name of a golden file, and what it holds. */
    public static List<Example> additions() {
        return Additions.all();
    }

    /** A verdict with targets of every state that occurs, and with absent numbers. */
    public static Verdict verdict() {
        return verdict(new Verdict.Ledger(2000, 1990, 5, 2, 3, 1, 0, 0));
    }

    /** A verdict that the comparison with earlier runs decided. */
    public static Verdict regressed() {
        return Additions.regressed();
    }

    static Verdict verdict(Verdict.Ledger ledger) {
        return new Verdict(
                Verdict.SCHEMA_VERSION,
                2,
                RUN,
                "smoke",
                "DEV-STUB",
                "v0.9",
                42,
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                VerdictState.FAIL,
                1,
                List.of("PT-3: 9000.5 tasks/min, limit 10000", "PT-6 was not measured"),
                List.of(
                        new Verdict.Target(
                                "PT-3",
                                "queue_throughput_tpm",
                                VerdictState.FAIL,
                                9000.5,
                                10_000,
                                ">=",
                                "tasks/min",
                                2000,
                                "absolute",
                                "9000.5 tasks/min is below 10000"),
                        new Verdict.Target(
                                "PT-6",
                                "crash_recovery_seconds",
                                VerdictState.NOT_MEASURED,
                                null,
                                60,
                                "<",
                                "s",
                                0,
                                "absolute",
                                "this scenario kills no worker")),
                ledger,
                new Verdict.Harness(900, 4100, 12, 250, 0),
                Map.of(
                        "queueTime", new Verdict.Timing(1200, 3400, 5600, 7800, 9100, 1500),
                        "responseTime", new Verdict.Timing(2200, 4400, 6600, 8800, 9900, 1500)),
                new Verdict.Throughput(9000.5, null, 60));
    }

    static RunEvent.RunDeclared declared() {
        RunPlan plan = new RunPlan(
                "smoke",
                "DEV-STUB",
                "v0.9",
                -42,
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                2000,
                AT,
                2,
                10,
                1,
                RunPlan.Load.OPEN,
                5000,
                List.of("PT-3", "PT-6"));
        return new RunEvent.RunDeclared(envelope("load-generator-3f2a91", 0), plan);
    }

    private static TaskEvent enqueued() {
        LongTable table =
                table(5, new long[] {0, 0, 0, AT, AT + 12}, new long[] {1, 1, 0, AT + 5000, AT + 5007}, new long[] {
                    2, 0, 1, AT + 10_000, AT + 10_150
                });
        return new TaskEvent.TasksEnqueued(envelope("load-generator-3f2a91", 1), List.of("execute", "evaluate"), table);
    }

    private static TaskEvent observed() {
        LongTable table = table(
                8,
                new long[] {0, 0, 0, 0, 1, AT, AT + 900, AT + 900},
                new long[] {1, 0, 0, 0, 1, AT, AT + 900, AT + 4900},
                new long[] {2, 1, 1, 1, 2, AT + 5000, AT + 5800, AT + 9000},
                new long[] {4, 2, 0, 2, 3, AT + 10_000, AT + 11_000, AT + 15_000},
                new long[] {3, 4_294_967_295L, 0, 2, 4, AT + 10_000, AT + 11_000, AT + 15_001});
        return new TaskEvent.TasksObserved(envelope("probe-agent-5be007", 3), List.of("execute", "evaluate"), table);
    }

    private static TaskEvent outstanding() {
        return new TaskEvent.TasksOutstanding(
                envelope("load-generator-3f2a91", 41), table(1, new long[] {7}, new long[] {9}, new long[] {1999}));
    }

    private static TaskEvent measured() {
        return new TaskEvent.ResultsMeasured(
                envelope("probe-agent-3f2a91", 44),
                List.of("evaluate"),
                table(
                        TaskEvent.ResultsMeasured.COLUMNS,
                        new long[] {7, 0, 1, AT + 250_000, 3_120, 20_480, 1_812, 264},
                        new long[] {8, 0, 1, AT + 260_000, 2_950, -1, -1, -1}));
    }

    private static MetricsDelta delta() {
        return new MetricsDelta(
                envelope("collector-77ab01", 5),
                12,
                2400,
                1,
                30,
                400,
                new Blob(new byte[] {1, 2, 3, -1}),
                new Blob(new byte[] {0}),
                new Blob(new byte[0]));
    }

    /** A table of these rows. */
    public static LongTable table(int columns, long[]... rows) {
        LongTable.Builder builder = new LongTable.Builder(columns);
        for (long[] row : rows) {
            for (int column = 0; column < columns; column++) {
                builder.set(column, row[column]);
            }
            builder.endRow();
        }
        return builder.build();
    }

    static Example run(String type, RunEvent event) {
        return new Example(type, event, RunEvents.encode(event), RunEvents::decode);
    }

    static Example task(String type, TaskEvent event) {
        return new Example(type, event, TaskEvents.encode(event), TaskEvents::decode);
    }

    static Envelope envelope(String producer, long sequence) {
        return new Envelope(producer, sequence, RUN, AT + 250_000, 250);
    }

    private static Envelope serviceEnvelope(long sequence) {
        return new Envelope("collector-77ab01", sequence, Envelope.NO_RUN, AT + 250_000, 250);
    }

    private static Envelope envelopeOfAgent(long sequence) {
        return new Envelope("probe-agent-77ab01", sequence, Envelope.NO_RUN, AT + 250_000, 250);
    }

    private static RunEvent.SeenWorker seenWorker() {
        return new RunEvent.SeenWorker(7, "0f3c5a9be1d2", "peagen-worker", "10.0.0.7:51234", "0f3c5a9be1d2");
    }

    private static Fields data(byte[] json) {
        return Fields.of(TaskEnvelope.FIELD, json);
    }

    private static byte[] data(Fields entry) {
        return entry.bytes(TaskEnvelope.FIELD).orElse(new byte[0]);
    }
}
