package peagen.bench.contract.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.Phase;

class TaskJsonTest {

    /** The task of the measured farm's contract, with a payload for its ellipsis. */
    private static final String CONTRACT = """
            {"kind":"execute","id":"a3f8b8d1e8124f90","payload":{"entry":"f"},"requires":["cpu"],"attempts":0,\
            "created_at":"2025-06-01T14:05:23Z","schema_v":1}""";

    private static final TaskEnvelope TASK = new TaskEnvelope(
            "execute",
            "a3f8b8d1e8124f90",
            RawJson.of("{\"entry\":\"f\"}"),
            Optional.empty(),
            List.of("cpu"),
            0,
            "2025-06-01T14:05:23Z");

    private static final TaskTag TAG = new TaskTag("r1", 0xffff_ffffL, 1_748_786_723_000_001L, Phase.WARM_UP);

    @Test
    void readsAndWritesTheTaskOfTheContractByteForByte() {
        assertThat(read(CONTRACT)).isEqualTo(new Decoded.Known<>(TASK));
        assertThat(new String(TaskJson.write(TASK), StandardCharsets.UTF_8)).isEqualTo(CONTRACT);
    }

    @Test
    void readsKeysInAnyOrderAndWithAnySpace() {
        assertThat(read("""
                         { "schema_v" : 1 , "created_at": "2025-06-01T14:05:23Z", "attempts": 0,
                           "requires": [ "cpu" ],
                           "payload": {"entry":"f"}, "id": "a3f8b8d1e8124f90", "kind": "execute" }
                        """)).isEqualTo(new Decoded.Known<>(TASK));
    }

    @Test
    void aTaggedTaskHasTheKeysOfTheContractAndNoOther() throws IOException {
        byte[] json = TaskJson.tagged("render", "00000000000000ff", TAG, "", List.of(), "2025-06-01T14:05:23Z");

        assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo("""
                        {"kind":"render","id":"00000000000000ff","payload":{"bench":{"run":"r1","seq":4294967295,\
                        "due_us":1748786723000001,"phase":"warm-up"}},"requires":[],"attempts":0,\
                        "created_at":"2025-06-01T14:05:23Z","schema_v":1}""");
        JsonNode tree = new ObjectMapper().readTree(json);
        assertThat(tree.fieldNames())
                .toIterable()
                .containsExactly("kind", "id", "payload", "requires", "attempts", "created_at", "schema_v");
        assertThat(tree.path("payload").fieldNames()).toIterable().containsExactly("bench");
    }

    @Test
    void theTagIsReadFromThePayloadAndThePayloadIsKept() {
        byte[] json =
                TaskJson.tagged("mutate", "00000000000000ff", TAG, "p\"ä\\".repeat(50), List.of("gpu", "cpu"), "now");

        Decoded<TaskEnvelope> decoded = TaskJson.read(json);

        TaskEnvelope task = known(decoded);
        assertThat(task.tag()).contains(TAG);
        assertThat(task.requires()).containsExactly("gpu", "cpu");
        assertThat(task.payload().toString()).startsWith("{\"bench\":{").endsWith("\"}");
        assertThat(TaskJson.write(task)).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ }",
                "{\"a\":{\"b\":[1,2,{\"c\":null}]},\"d\":\"}{\\\"]\"}",
                "{\"\\u00e4\":\"\\ud83d\\ude00\",\"ö\":\"😀\"}",
                "{\n\t\"x\" : 1.50e+10 , \"y\":-0.0,\"z\":[ ]\r\n}",
                "{\"bench\":[{\"run\":\"r\"}]}",
                "{\"deep\":{\"bench\":{\"run\":\"r\",\"seq\":1,\"due_us\":1,\"phase\":\"steady\"}}}"
            })
    void handsThePayloadOnAsItTravelled(String payload) {
        String json = CONTRACT.replace("{\"entry\":\"f\"}", payload);

        TaskEnvelope task = known(read(json));

        assertThat(task.payload()).isEqualTo(RawJson.of(payload));
        assertThat(task.tag()).isEmpty();
        assertThat(new String(TaskJson.write(task), StandardCharsets.UTF_8)).isEqualTo(json);
        assertThat(known(TaskJson.read(TaskJson.write(task.retried()))))
                .isEqualTo(new TaskEnvelope(
                        task.kind(), task.id(), task.payload(), task.tag(), task.requires(), 1, task.createdAt()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "7",
                "{\"run\":\"\",\"seq\":1,\"due_us\":1,\"phase\":\"steady\"}",
                "{\"run\":\"r\",\"seq\":-1,\"due_us\":1,\"phase\":\"steady\"}",
                "{\"run\":\"r\",\"seq\":4294967296,\"due_us\":1,\"phase\":\"steady\"}",
                "{\"run\":\"r\",\"seq\":99999999999999999999,\"due_us\":1,\"phase\":\"steady\"}",
                "{\"run\":\"r\",\"seq\":1.0,\"due_us\":1,\"phase\":\"steady\"}",
                "{\"run\":\"r\",\"seq\":1,\"due_us\":-1,\"phase\":\"steady\"}",
                "{\"run\":\"r\",\"seq\":1,\"due_us\":99999999999999999999,\"phase\":\"steady\"}",
                "{\"run\":\"r\",\"seq\":1,\"due_us\":1,\"phase\":\"STEADY\"}",
                "{\"run\":\"r\",\"seq\":1,\"due_us\":1}",
                "{\"run\":[\"r\"],\"seq\":{\"a\":1},\"due_us\":1,\"phase\":\"steady\"}"
            })
    void aTagThatIsNotOursLeavesTheTaskUntagged(String bench) {
        TaskEnvelope task = known(read(CONTRACT.replace("{\"entry\":\"f\"}", "{\"bench\":" + bench + "}")));

        assertThat(task.tag()).isEmpty();
        assertThat(task.payload().toString()).isEqualTo("{\"bench\":" + bench + "}");
    }

    @Test
    void aTagMayHoldMoreThanThisBuildKnows() {
        String bench =
                "{\"bench\":{\"later\":[{}],\"phase\":\"steady\",\"due_us\":3,\"seq\":2,\"run\":\"r\",\"x\":{}},\"y\":1}";

        assertThat(known(read(CONTRACT.replace("{\"entry\":\"f\"}", bench))).tag())
                .contains(new TaskTag("r", 2, 3, Phase.STEADY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"kind\":\"execute\",                     | ``                         | key 'kind' is missing",
                "\"payload\":{\"entry\":\"f\"},            | ``                         | key 'payload' is missing",
                "\"requires\":[\"cpu\"],                   | ``                         | key 'requires' is missing",
                "\"attempts\":0,                           | ``                         | key 'attempts' is missing",
                "\"created_at\":\"2025-06-01T14:05:23Z\",  | ``                         | key 'created_at' is missing",
                ",\"schema_v\":1                           | ``                         | key 'schema_v' is missing",
                "\"schema_v\":1                            | \"schema_v\":-1            | key 'schema_v': got -1",
                "\"schema_v\":1                            | \"schema_v\":\"1\"         | expected a whole number",
                "\"execute\"                               | null                       | key 'kind': expected a string",
                "\"execute\"                               | \"a,b\"                    | key 'kind': got 'a,b'",
                "{\"entry\":\"f\"}                         | []                         | key 'payload': expected an object",
                "[\"cpu\"]                                 | \"cpu\"                    | key 'requires': expected an array",
                "[\"cpu\"]                                 | [1]                        | key 'requires': expected a string",
                "\"attempts\":0                            | \"attempts\":-1            | key 'attempts': got -1",
                "\"attempts\":0                            | \"attempts\":2147483648    | expected 0 to 2147483647",
                "\"attempts\":0                            | \"attempts\":0.0           | expected a whole number",
                "\"attempts\":0                            | \"attempts\":1e400         | expected a whole number",
                "\"attempts\":0                            | \"attempts\":NaN           | not JSON: ",
                "\"attempts\":0                            | \"attempts\":99999999999999999999 | not JSON: ",
                "\"attempts\":0                            | \"attempts\":0,\"attempts\":1 | not JSON: Duplicate field",
                "{\"entry\":\"f\"}                         | {\"a\":1,\"a\":2}          | not JSON: Duplicate field",
                "\"schema_v\":1                            | \"schema_v\":1,\"run\":{}  | unknown key 'run'",
                "a3f8b8d1e8124f90                          | a3f8b8d1e8124f9            | key 'id': got 'a3f8b8d1e8124f9'",
                "a3f8b8d1e8124f90                          | A3F8B8D1E8124F90           | key 'id': got 'A3F8",
                "a3f8b8d1e8124f90                          | a3f8b8d1e8124f9g           | expected 16 or more digits 0-9a-f",
            })
    void isAsStrictAsTheRealConsumers(String part, String replacement, String reason) {
        assertThat(CONTRACT).contains(part);

        Decoded<TaskEnvelope> decoded = read(CONTRACT.replace(part, replacement));

        assertThat(decoded).isInstanceOf(Decoded.Malformed.class);
        assertThat(decoded.problem()).contains(reason);
    }

    @Test
    void kindsAreShort() {
        assertThat(read(CONTRACT.replace("execute", "k".repeat(64)))).isInstanceOf(Decoded.Known.class);
        assertThat(read(CONTRACT.replace("execute", "k".repeat(65)))).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void aLaterVersionIsUnsupportedThoughItHasKeysThatThisBuildDoesNotKnow() {
        assertThat(read(CONTRACT.replace("\"schema_v\":1", "\"schema_v\":2")))
                .isEqualTo(new Decoded.Unsupported<>("task", "2"));
        assertThat(read("{\"priority\":{\"level\":[9]},\"schema_v\":2}"))
                .isEqualTo(new Decoded.Unsupported<>("task", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", " ", "null", "[1]", "x", "1", "\"s\""})
    void refusesWhatFollowsTheTask(String more) {
        assertThat(read(CONTRACT + " \n")).isInstanceOf(Decoded.Known.class);
        if (!more.isBlank()) {
            assertThat(read(CONTRACT + more)).isInstanceOf(Decoded.Malformed.class);
        }
    }

    @Test
    void idsOfARunMatchTheFarmsPatternAndEndInTheNumber() {
        TaskIds ids = TaskIds.ofRun("20250601-140523-smoke-3f2a91");

        assertThat(ids.id(0)).matches("[0-9a-f]{32}").endsWith("0000000000000000");
        assertThat(ids.id(0xffff_ffffL)).endsWith("00000000ffffffff");
        assertThat(ids.id(255)).isNotEqualTo(TaskIds.ofRun("other").id(255));
        assertThat(TaskIds.ofRun("foobar").id(0))
                .as("FNV-1a of 'foobar', from the test vectors of its authors")
                .startsWith("85944171f73967e8");
    }

    private static Decoded<TaskEnvelope> read(String json) {
        return TaskJson.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static TaskEnvelope known(Decoded<TaskEnvelope> decoded) {
        return switch (decoded) {
            case Decoded.Known<TaskEnvelope>(TaskEnvelope task) -> task;
            case Decoded<TaskEnvelope> other -> throw new AssertionError(other.problem());
        };
    }
}
