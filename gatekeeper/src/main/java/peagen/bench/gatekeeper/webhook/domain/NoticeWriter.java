package peagen.bench.gatekeeper.webhook.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.verdict.Verdict;

/**
 * Writes the notice of a verdict: CloudEvents 1.0, structured mode, as {@code docs/webhook.schema.json} describes it. The same
 * verdict of the same source always gets the same id, so that a verdict that is said twice is one event. Thread-safe.
 */
public final class NoticeWriter {

    /** The CloudEvent's {@code type}. */
    public static final String TYPE = "peagen.bench.verdict.v1";

    /** Tried in turn until the notice is short enough; the last one is, whatever the verdict holds. */
    private static final List<Brevity> BREVITIES = List.of(
            new Brevity(400, 64, 16),
            new Brevity(200, 32, 16),
            new Brevity(100, 32, 8),
            new Brevity(60, 16, 8),
            new Brevity(40, 8, 4));

    private static final int LONGEST_SUBJECT_BYTES = 1000;
    private static final int LONGEST_SOURCE_BYTES = 500;
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private final String source;
    private final Optional<String> publicUrl;

    /**
     * A writer for one gatekeeper.
     *
     * @param source who speaks: the CloudEvent's {@code source}
     * @param publicUrl where the gatekeeper's API can be reached by whoever reads the notice; without it there are no links
     * @throws IllegalArgumentException when either is longer than 500 bytes
     */
    public NoticeWriter(URI source, Optional<URI> publicUrl) {
        this.source = shortEnough("source", source);
        this.publicUrl = publicUrl.map(url -> shortEnough("public URL", url).replaceFirst("/+$", ""));
    }

    private static String shortEnough(String what, URI uri) {
        String text = uri.toASCIIString();
        if (text.isEmpty() || text.length() > LONGEST_SOURCE_BYTES) {
            throw new IllegalArgumentException(
                    "%s: got %d bytes, expected 1 to %d".formatted(what, text.length(), LONGEST_SOURCE_BYTES));
        }
        return text;
    }

    /**
     * The notice of {@code verdict}, shorter than {@link Notice#LIMIT}: long texts are cut, then targets and reasons left out,
     * the green ones first; {@code data.cut} says so.
     *
     * @param at when the verdict was said
     */
    public Notice write(Verdict verdict, Instant at) {
        String id = id(verdict);
        byte[] payload = new byte[0];
        for (Brevity brevity : BREVITIES) {
            payload = bytes(event(id, verdict, at, brevity));
            if (payload.length < Notice.LIMIT) {
                break;
            }
        }
        return new Notice(id, payload);
    }

    private ObjectNode event(String id, Verdict verdict, Instant at, Brevity brevity) {
        ObjectNode event = MAPPER.createObjectNode()
                .put("specversion", "1.0")
                .put("id", id)
                .put("source", source)
                .put("type", TYPE)
                .put("subject", Brevity.cut(verdict.runId(), LONGEST_SUBJECT_BYTES))
                .put("time", at.truncatedTo(ChronoUnit.MILLIS).toString())
                .put("datacontenttype", "application/json");
        ObjectNode data = new VerdictSummary(brevity).of(verdict);
        data.set("links", links(verdict));
        event.set("data", data);
        return event;
    }

    /** A run's id of any length would break the bound: a link that would be too long is left out. */
    private ObjectNode links(Verdict verdict) {
        ObjectNode links = MAPPER.createObjectNode();
        String run = URLEncoder.encode(verdict.runId(), StandardCharsets.UTF_8).replace("+", "%20");
        if (run.length() <= LONGEST_SUBJECT_BYTES) {
            publicUrl.ifPresent(base -> links.put("run", base + "/api/v1/runs/" + run)
                    .put("verdict", base + "/api/v1/runs/" + run + "/verdict"));
        }
        return links;
    }

    /** A digest: the same for the same revision of the same run of the same source, and without a dot. */
    private String id(Verdict verdict) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : List.of(source, verdict.runId(), Integer.toString(verdict.revision()))) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return "msg_" + HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private static byte[] bytes(ObjectNode event) {
        try {
            return MAPPER.writeValueAsBytes(event);
        } catch (JsonProcessingException impossibleForTrees) {
            throw new UncheckedIOException(impossibleForTrees);
        }
    }
}
