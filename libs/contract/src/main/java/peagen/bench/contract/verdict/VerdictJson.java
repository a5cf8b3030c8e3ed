package peagen.bench.contract.verdict;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MutableConfigOverride;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.Fields;

/** The JSON of a {@link Verdict}, and its entry on {@code bench.verdicts}. Stateless; may be used from any thread. */
public final class VerdictJson {

    private static final String TYPE = "verdict";
    private static final String FIELD = "verdict";

    /** Came to the ledger later, and is not written when 0: its absence says 0. */
    private static final String ORPHANED = "orphaned";

    /** Came to the verdict later, likewise. */
    private static final List<String> LATER = List.of("supersedes", "lateEvents");

    /** Came to the targets later; their absence says that there is nothing to say. */
    private static final List<String> LATER_OF_TARGETS = List.of("statistic", "regression");

    private static final String STATE_BY_LIMITS = "stateByLimits";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // What is missing, or of another type, is never read as 0: an exit code of 0 is a pass.
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withConfigOverride(Double.class, VerdictJson::nullable)
            .withConfigOverride(Integer.class, VerdictJson::nullable)
            .build()
            .setDefaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL));

    private VerdictJson() {}

    private static void nullable(MutableConfigOverride type) {
        type.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.SET));
    }

    /** Indented JSON, as written to {@code verdict.json}. */
    public static String pretty(Verdict verdict) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(verdict) + "\n";
        } catch (JsonProcessingException impossibleForRecords) {
            throw new UncheckedIOException(impossibleForRecords);
        }
    }

    /** The entry on {@code bench.verdicts}: what a person looks for as flat fields, the whole as JSON. */
    public static Fields entry(Verdict verdict) {
        try {
            return Fields.builder()
                    .put("v", Verdict.SCHEMA_VERSION)
                    .put("type", TYPE)
                    .put("run", verdict.runId())
                    .put("revision", verdict.revision())
                    .put("scenario", verdict.scenario())
                    .put("state", verdict.state().name())
                    .put(
                            "reason",
                            verdict.reasons().isEmpty() ? "" : verdict.reasons().get(0))
                    .put(FIELD, MAPPER.writeValueAsString(verdict))
                    .build();
        } catch (JsonProcessingException impossibleForRecords) {
            throw new UncheckedIOException(impossibleForRecords);
        }
    }

    /** Reads an entry of {@code bench.verdicts}. */
    public static Decoded<Verdict> decode(Fields fields) {
        for (String required : List.of("v", "type")) {
            if (fields.bytes(required).isEmpty()) {
                return missing(required);
            }
        }
        String version = fields.text("v").orElse("");
        String type = fields.text("type").orElse("");
        if (!type.equals(TYPE) || !version.equals(Integer.toString(Verdict.SCHEMA_VERSION))) {
            return new Decoded.Unsupported<>(type, version);
        }
        return fields.bytes(FIELD).map(VerdictJson::read).orElseGet(() -> missing(FIELD));
    }

    /** Reads the JSON of a verdict. */
    public static Decoded<Verdict> read(byte[] json) {
        try {
            JsonNode tree = MAPPER.readTree(new String(json, StandardCharsets.UTF_8));
            JsonNode version = tree.path("schemaVersion");
            if (!version.isIntegralNumber()) {
                return new Decoded.Malformed<>("not a verdict: 'schemaVersion' is missing or not a whole number");
            }
            if (version.asInt() != Verdict.SCHEMA_VERSION || !version.canConvertToInt()) {
                return new Decoded.Unsupported<>(TYPE, version.asText());
            }
            if (tree.get("ledger") instanceof ObjectNode ledger && !ledger.has(ORPHANED)) {
                ledger.put(ORPHANED, 0);
            }
            if (tree instanceof ObjectNode root) {
                LATER.stream().filter(key -> !root.has(key)).forEach(key -> root.put(key, 0));
                complete(root, List.of(STATE_BY_LIMITS));
                root.path("targets").forEach(target -> complete(target, LATER_OF_TARGETS));
            }
            return new Decoded.Known<>(MAPPER.treeToValue(tree, Verdict.class));
        } catch (JsonProcessingException | RuntimeException unreadable) {
            String detail =
                    unreadable instanceof JsonProcessingException e ? e.getOriginalMessage() : unreadable.toString();
            return new Decoded.Malformed<>("not a verdict: " + detail);
        }
    }

    private static void complete(JsonNode node, List<String> later) {
        if (node instanceof ObjectNode object) {
            later.stream().filter(key -> !object.has(key)).forEach(object::putNull);
        }
    }

    private static Decoded<Verdict> missing(String field) {
        return new Decoded.Malformed<>("field '" + field + "' is missing");
    }
}
