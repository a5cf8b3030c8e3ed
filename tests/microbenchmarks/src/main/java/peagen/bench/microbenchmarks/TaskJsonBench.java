package peagen.bench.microbenchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.task.ResultEnvelope;
import peagen.bench.contract.task.ResultJson;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskJson;
import peagen.bench.contract.task.TaskTag;

/** One task and one result to JSON and back, beside Jackson's tree; the unit is one envelope. */
public class TaskJsonBench extends ShortBenchmark {

    private static final long SEQUENCE = 123_456;

    private final ObjectMapper mapper = new ObjectMapper();
    private final String id = SampleTasks.id(SEQUENCE);
    private final TaskTag tag = SampleTasks.tag(SEQUENCE);
    private final ResultEnvelope result = SampleTasks.result(SEQUENCE);
    private final JsonNode resultData = readable(SampleTasks.RESULT_DATA.utf8());
    private final byte[] taskJson = SampleTasks.task(SEQUENCE);
    private final byte[] resultJson = ResultJson.write(result);

    private JsonNode readable(byte[] json) {
        try {
            return mapper.readTree(json);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** What the load generator does for every task. */
    @Benchmark
    @Against("treeWriteTask")
    public byte[] tagged() {
        return TaskJson.tagged(SampleTasks.KIND, id, tag, SampleTasks.PADDING, List.of(), SampleTasks.CREATED_AT);
    }

    /** Reference: builds the same task as a tree and writes it. */
    @Benchmark
    public byte[] treeWriteTask() throws JsonProcessingException {
        ObjectNode task = mapper.createObjectNode();
        task.put("kind", SampleTasks.KIND).put("id", id);
        ObjectNode payload = task.putObject("payload");
        payload.putObject(TaskTag.PAYLOAD_KEY)
                .put("run", tag.runId())
                .put("seq", tag.sequence())
                .put("due_us", tag.intendedStartMicros())
                .put("phase", tag.phase().label());
        payload.put("padding", SampleTasks.PADDING);
        task.putArray("requires");
        task.put("attempts", 0).put("created_at", SampleTasks.CREATED_AT).put("schema_v", 1);
        return mapper.writeValueAsBytes(task);
    }

    /** What worker and probe do for every task. */
    @Benchmark
    @Against("treeReadTask")
    public Decoded<TaskEnvelope> readTask() {
        return TaskJson.read(taskJson);
    }

    /** Reference: reads the same task into a tree. */
    @Benchmark
    public JsonNode treeReadTask() throws IOException {
        return mapper.readTree(taskJson);
    }

    /** What the worker does for every task. */
    @Benchmark
    @Against("treeWriteResult")
    public byte[] writeResult() {
        return ResultJson.write(result);
    }

    /** Reference: builds the same result as a tree and writes it. */
    @Benchmark
    public byte[] treeWriteResult() throws JsonProcessingException {
        ObjectNode written = mapper.createObjectNode();
        written.put("task_id", result.taskId()).put("status", result.status().label());
        written.set("data", resultData);
        written.put("created_at", result.createdAt()).put("attempts", result.attempts());
        return mapper.writeValueAsBytes(written);
    }

    /** What the probe does for every task. */
    @Benchmark
    @Against("treeReadResult")
    public Decoded<ResultEnvelope> readResult() {
        return ResultJson.read(resultJson);
    }

    /** Reference: reads the same result into a tree. */
    @Benchmark
    public JsonNode treeReadResult() throws IOException {
        return mapper.readTree(resultJson);
    }
}
