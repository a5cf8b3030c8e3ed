package peagen.bench.gatekeeper.github.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.history.domain.Commit;
import peagen.bench.gatekeeper.report.domain.SummaryReport;
import peagen.bench.gatekeeper.webhook.domain.Notice;

/**
 * Writes what is to be sent to GitHub's REST API, as notices of the form {@code {"path": …, "body": …}}, so that they can wait in
 * the same outbox as webhooks. The same of the same revision of the same run always has the same id. Pure.
 */
public final class GithubCalls {

    /** The {@code event_type} of a dispatch. */
    public static final String EVENT = "peagen-bench-verdict";

    private static final int LONGEST_DESCRIPTION = 140;
    private static final int LONGEST_SUMMARY_BYTES = 15_000;
    private static final int LONGEST_WORD = 100;
    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}");
    private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private final Optional<URI> publicUrl;

    /**
     * A writer.
     *
     * @param publicUrl where the gatekeeper's API can be reached by whoever follows a link; without it there are no links
     */
    public GithubCalls(Optional<URI> publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** Whether something can be said of {@code commit}: its repository and its sha are of the form that GitHub's are. */
    public static boolean canTell(Commit commit) {
        return REPOSITORY.matcher(commit.repository()).matches()
                && !commit.repository().contains("..")
                && SHA.matcher(commit.sha()).matches();
    }

    /** That a run of {@code commit} has begun. */
    public Notice begun(String runId, String scenario, String profile, Commit commit) {
        ObjectNode body = status("pending", "the run is being made", runId, scenario, profile);
        return notice(Channel.STATUS, runId, 0, "/repos/" + commit.repository() + "/statuses/" + commit.sha(), body);
    }

    /** That it has its verdict, over {@code channel}. */
    public Notice judged(Channel channel, Verdict verdict, Commit commit) {
        String repository = "/repos/" + commit.repository();
        return switch (channel) {
            case STATUS ->
                notice(
                        channel,
                        verdict.runId(),
                        verdict.revision(),
                        repository + "/statuses/" + commit.sha(),
                        status(
                                state(verdict.state()),
                                verdict.state() + ": " + reason(verdict),
                                verdict.runId(),
                                verdict.scenario(),
                                verdict.profile()));
            case CHECK ->
                notice(
                        channel,
                        verdict.runId(),
                        verdict.revision(),
                        repository + "/check-runs",
                        check(verdict, commit));
            case DISPATCH ->
                notice(
                        channel,
                        verdict.runId(),
                        verdict.revision(),
                        repository + "/dispatches",
                        dispatch(verdict, commit));
        };
    }

    /** The id of what is said over {@code channel} of a revision of a run; revision 0 is its beginning. */
    public static String id(Channel channel, String runId, int revision) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((channel.id() + "\0" + runId + "\0" + revision).getBytes(StandardCharsets.UTF_8));
            return "gh_" + HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /**
     * What a call is about: of several about the same GitHub shows the one that came last. Statuses are about a context of a
     * commit, check runs about a name of one. A dispatch is an event of its own and about nothing.
     */
    public static Optional<String> subject(Notice call) {
        try {
            JsonNode asked = MAPPER.readTree(call.payload());
            JsonNode body = asked.path("body");
            String name = body.path("context").asText() + body.path("name").asText();
            return name.isEmpty()
                    ? Optional.empty()
                    : Optional.of(asked.path("path").asText() + " "
                            + body.path("head_sha").asText() + " " + name);
        } catch (IOException noCall) {
            return Optional.empty();
        }
    }

    private ObjectNode status(String state, String description, String runId, String scenario, String profile) {
        ObjectNode body = MAPPER.createObjectNode()
                .put("state", state)
                .put("context", context(profile, scenario))
                .put("description", cut(description, LONGEST_DESCRIPTION));
        link(runId).ifPresent(url -> body.put("target_url", url));
        return body;
    }

    /** Only PASS is a success. */
    private static String state(VerdictState state) {
        return switch (state) {
            case PASS -> "success";
            case FAIL -> "failure";
            case INVALID, INCONCLUSIVE, NOT_MEASURED -> "error";
        };
    }

    private ObjectNode check(Verdict verdict, Commit commit) {
        String conclusion = switch (verdict.state()) {
            case PASS -> "success";
            case FAIL -> "failure";
            case INVALID, INCONCLUSIVE, NOT_MEASURED -> "action_required";
        };
        ObjectNode body = MAPPER.createObjectNode()
                .put("name", context(verdict.profile(), verdict.scenario()))
                .put("head_sha", commit.sha())
                .put("external_id", id(Channel.CHECK, verdict.runId(), verdict.revision()))
                .put("status", "completed")
                .put("conclusion", conclusion);
        // What links somewhere to act needs a page; without one GitHub would refuse the conclusion.
        link(verdict.runId()).ifPresentOrElse(url -> body.put("details_url", url), () -> {
            if (conclusion.equals("action_required")) {
                body.put("conclusion", "failure");
            }
        });
        String summary = SummaryReport.of(verdict, List.of());
        boolean fits = summary.getBytes(StandardCharsets.UTF_8).length <= LONGEST_SUMMARY_BYTES;
        body.putObject("output")
                .put("title", cut(verdict.state() + ": " + reason(verdict), LONGEST_DESCRIPTION))
                .put("summary", fits ? summary : verdict.state() + "; the whole is too long to be shown here");
        return body;
    }

    private ObjectNode dispatch(Verdict verdict, Commit commit) {
        ObjectNode body = MAPPER.createObjectNode().put("event_type", EVENT);
        ObjectNode payload = body.putObject("client_payload")
                .put("run", cut(verdict.runId(), LONGEST_WORD))
                .put("revision", verdict.revision())
                .put("state", verdict.state().name())
                .put("scenario", cut(verdict.scenario(), LONGEST_WORD))
                .put("environment", cut(verdict.environment(), LONGEST_WORD))
                .put("profile", cut(verdict.profile(), LONGEST_WORD))
                .put("sha", commit.sha())
                .put("reason", cut(reason(verdict), LONGEST_DESCRIPTION));
        commit.ref().ifPresent(ref -> payload.put("ref", cut(ref, LONGEST_WORD)));
        link(verdict.runId()).ifPresent(url -> payload.put("url", url));
        return body;
    }

    private static String context(String profile, String scenario) {
        return "peagen-bench/" + cut(profile, LONGEST_WORD) + "/" + cut(scenario, LONGEST_WORD);
    }

    private static String reason(Verdict verdict) {
        return verdict.reasons().isEmpty()
                ? "every target was met"
                : verdict.reasons().get(0);
    }

    private Optional<String> link(String runId) {
        String name = URLEncoder.encode(runId, StandardCharsets.UTF_8).replace("+", "%20");
        return publicUrl
                .filter(url -> name.length() <= 500)
                .map(url -> url.toString().replaceFirst("/+$", "") + "/api/v1/runs/" + name);
    }

    private static String cut(String text, int most) {
        int[] points = text.codePoints()
                .map(point ->
                        Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE ? ' ' : point)
                .toArray();
        return points.length <= most ? new String(points, 0, points.length) : new String(points, 0, most - 1) + "…";
    }

    private static Notice notice(Channel channel, String runId, int revision, String path, ObjectNode body) {
        ObjectNode call = MAPPER.createObjectNode().put("path", path);
        call.set("body", body);
        try {
            return new Notice(id(channel, runId, revision), MAPPER.writeValueAsBytes(call));
        } catch (JsonProcessingException impossibleForTrees) {
            throw new UncheckedIOException(impossibleForTrees);
        }
    }
}
