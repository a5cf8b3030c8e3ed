package peagen.bench.gatekeeper.access.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which workflows of GitHub Actions may do what.
 *
 * @param repository {@code owner/name}, whole
 * @param ref the ref that it runs for; {@code *} stands for any characters: {@code refs/heads/release-*}
 * @param workflow {@code job_workflow_ref}, likewise: {@code owner/name/.github/workflows/bench.yml@refs/heads/main}; empty for
 *     any workflow of the repository
 */
public record WorkloadRule(String repository, String ref, Optional<String> workflow, Scope scope) {

    /** Whether it is for these claims. Case matters. */
    boolean fits(String ofRepository, String ofRef, String ofWorkflow) {
        return repository.equals(ofRepository)
                && like(ref, ofRef)
                && workflow.map(pattern -> like(pattern, ofWorkflow)).orElse(true);
    }

    private static boolean like(String pattern, String text) {
        String[] parts = pattern.split("\\*", -1);
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            regex.append(i == 0 ? "" : ".*").append(Pattern.quote(parts[i]));
        }
        return Pattern.matches(regex.toString(), text);
    }
}
