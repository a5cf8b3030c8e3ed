package peagen.bench.contract.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import peagen.bench.contract.Decoded;

class ResultJsonTest {

    private static final String JSON = """
            {"task_id":"a3f8b8d1e8124f90","status":"ok","data":{"worker_id":"w-1"},\
            "created_at":"2025-06-01T14:05:24Z","attempts":1}""";

    private static final ResultEnvelope RESULT = new ResultEnvelope(
            "a3f8b8d1e8124f90",
            ResultEnvelope.Status.OK,
            RawJson.of("{\"worker_id\":\"w-1\"}"),
            "2025-06-01T14:05:24Z",
            1);

    @Test
    void readsAndWritesTheResultOfTheContractByteForByte() {
        assertThat(read(JSON)).isEqualTo(new Decoded.Known<>(RESULT));
        assertThat(new String(ResultJson.write(RESULT), StandardCharsets.UTF_8)).isEqualTo(JSON);
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryStatusThatItWrites(ResultEnvelope.Status status) {
        ResultEnvelope result = new ResultEnvelope("id", status, RawJson.EMPTY_OBJECT, "now", Integer.MAX_VALUE);

        assertThat(ResultJson.read(ResultJson.write(result))).isEqualTo(new Decoded.Known<>(result));
    }

    @Test
    void passesOverWhatFarmsAdd() {
        assertThat(read(JSON.replace("\"status\"", "\"extra\":{\"a\":[1,{}]},\"status\"")))
                .isEqualTo(new Decoded.Known<>(RESULT));
    }

    @Test
    void doesWithoutWhatItDoesNotNeed() {
        assertThat(read("{\"status\":\"skip\",\"task_id\":\"x\"}"))
                .isEqualTo(new Decoded.Known<>(
                        new ResultEnvelope("x", ResultEnvelope.Status.SKIP, RawJson.EMPTY_OBJECT, "", 1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"task_id\":\"a3f8b8d1e8124f90\", | ``                | key 'task_id' is missing",
                "\"status\":\"ok\",                | ``                | key 'status' is missing",
                "\"ok\"                            | \"OK\"            | key 'status': got 'OK', expected ok, error or skip",
                "{\"worker_id\":\"w-1\"}           | null              | key 'data': expected an object, got value_null",
                "\"attempts\":1                    | \"attempts\":-1   | key 'attempts': got -1",
                "\"attempts\":1                    | \"attempts\":NaN  | not JSON: ",
                "\"attempts\":1}                   | \"attempts\":1}{} | more than one JSON value",
                "\"attempts\":1}                   | \"attempts\":1    | not JSON: ",
            })
    void namesTheKeyAndWhatWasWrongWithIt(String part, String replacement, String reason) {
        assertThat(JSON).contains(part);

        Decoded<ResultEnvelope> decoded = read(JSON.replace(part, replacement));

        assertThat(decoded).isInstanceOf(Decoded.Malformed.class);
        assertThat(decoded.problem()).contains(reason);
    }

    @Test
    void refusesWhatIsNoObject() {
        assertThat(read("[]")).isEqualTo(new Decoded.Malformed<>("not a JSON object"));
        assertThat(read("")).isEqualTo(new Decoded.Malformed<>("not a JSON object"));
    }

    private static Decoded<ResultEnvelope> read(String json) {
        return ResultJson.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
