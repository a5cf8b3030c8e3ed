package peagen.bench.gatekeeper.webhook.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody who wants to be told. Its text shows no secret and no path of the URL.
 *
 * @param id letters, digits, {@code _} and {@code -}, at most 64
 * @param secrets one, or two while one takes the other's place, the newest first
 * @param hubSignature whether {@code X-Hub-Signature-256} is sent too, made with the newest secret
 * @param disabled why it is told nothing at present
 */
public record Subscription(
        String id,
        Destination destination,
        List<SigningSecret> secrets,
        Events events,
        Permissions permissions,
        boolean hubSignature,
        Instant created,
        Optional<Disabled> disabled) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Refuses ids that are none and any other number of secrets. */
    public Subscription {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "subscription: got id '" + id + "', expected 1 to 64 letters, digits, '_' and '-'");
        }
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty() || secrets.size() > 2) {
            throw new IllegalArgumentException("subscription " + id + ": got " + secrets.size()
                    + " secrets, expected one, or two during a rotation");
        }
    }

    /**
     * That nothing is sent, and why.
     *
     * @param reason one line
     */
    public record Disabled(Instant at, String reason) {}

    /** The same, told nothing. */
    public Subscription disabledFor(Disabled why) {
        return with(secrets, Optional.of(why));
    }

    /** The same, told again. */
    public Subscription enabled() {
        return with(secrets, Optional.empty());
    }

    /** The same with {@code fresh} in front of its newest secret; both sign until {@link #settledOnNewest()}. */
    public Subscription rotatedTo(SigningSecret fresh) {
        return with(List.of(fresh, secrets.get(0)), disabled);
    }

    /** The same with its newest secret alone: the rotation is over. */
    public Subscription settledOnNewest() {
        return with(secrets.subList(0, 1), disabled);
    }

    private Subscription with(List<SigningSecret> changedSecrets, Optional<Disabled> changed) {
        return new Subscription(id, destination, changedSecrets, events, permissions, hubSignature, created, changed);
    }
}
