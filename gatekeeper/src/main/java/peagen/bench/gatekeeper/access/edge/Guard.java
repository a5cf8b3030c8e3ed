package peagen.bench.gatekeeper.access.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Pattern;
import peagen.bench.gatekeeper.access.domain.ApiToken;
import peagen.bench.gatekeeper.access.domain.AuditEntry;
import peagen.bench.gatekeeper.access.domain.Authentication;
import peagen.bench.gatekeeper.access.domain.Caller;
import peagen.bench.gatekeeper.access.domain.Scope;
import peagen.bench.gatekeeper.access.domain.TokenStore;
import peagen.bench.service.http.ProblemDetails;

/**
 * Stands before every operation: who is it, may they, and not too often. What it refuses it answers itself, with problem details,
 * and hands to {@link Refusals}. Confined to one context.
 */
public final class Guard {

    private static final String CALLER = "caller";
    private static final String BEARER = "Bearer ";
    private static final Pattern LOOPBACK_HOST =
            Pattern.compile("127(\\.[0-9]{1,3}){3}|localhost|\\[?::1]?", Pattern.CASE_INSENSITIVE);
    private static final long FAILURES_IN_A_BURST = 20;
    private static final long FAILURES_PER_MINUTE = 10;

    /** Of one address and caller more are not noted: nobody shall be able to fill the disk by being refused. */
    private static final long NOTES_IN_A_BURST = 100;

    private static final long NOTES_PER_MINUTE = 20;

    private final AccessRules rules;
    private final Authenticator authenticator;
    private final RateLimits requests;
    private final RateLimits failures;
    private final RateLimits notes;
    private final Refusals refusals;
    private final Clock clock;

    /** Takes note of who was refused. Must not block. */
    @FunctionalInterface
    public interface Refusals {
        /** Notes {@code entry}. */
        void note(AuditEntry entry);
    }

    /**
     * A guard.
     *
     * @param blocking runs what may take as long as a disk does, off the event loop
     */
    public Guard(
            Vertx vertx,
            AccessRules rules,
            TokenStore tokens,
            Function<Callable<Optional<ApiToken>>, Future<Optional<ApiToken>>> blocking,
            Refusals refusals,
            Clock clock) {
        this.rules = rules;
        this.authenticator = new Authenticator(vertx, tokens, blocking, rules.trust(), clock);
        this.requests =
                new RateLimits(2L * rules.requestsPerSecond(), rules.requestsPerSecond(), Duration.ofSeconds(1));
        this.failures = new RateLimits(FAILURES_IN_A_BURST, FAILURES_PER_MINUTE, Duration.ofMinutes(1));
        this.notes = new RateLimits(NOTES_IN_A_BURST, NOTES_PER_MINUTE, Duration.ofMinutes(1));
        this.refusals = refusals;
        this.clock = clock;
    }

    /** Who asks; only behind {@link #check}. */
    public static Caller caller(RoutingContext context) {
        return Objects.requireNonNull(context.<Caller>get(CALLER), CALLER);
    }

    /** Lets a request on to the next handler when its caller has {@code needed}. */
    public void check(RoutingContext context, Scope needed) {
        HttpServerRequest request = context.request();
        List<String> headers = request.headers().getAll(HttpHeaders.AUTHORIZATION);
        if (headers.isEmpty()) {
            Optional<Caller> anonymous =
                    rules.anonymous().filter(scope -> comesFromHere(request)).map(Caller::loopback);
            anonymous.ifPresentOrElse(
                    caller -> admit(context, caller, needed),
                    () -> unauthorized(context, "there are no credentials; expected Authorization: Bearer …"));
            return;
        }
        if (headers.size() > 1 || !headers.get(0).regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            failed(context, "the Authorization header is not understood; expected one of the form Bearer …");
            return;
        }
        String credentials = headers.get(0).substring(BEARER.length()).strip();
        RateLimits.Answer left = failures.look(network(request));
        if (!left.allowed() && !authenticator.remembers(credentials)) {
            tooMany(context, left, "too many failed authentications came from this address");
            return;
        }
        // Nothing of the body may pass by before somebody listens.
        request.pause();
        authenticator
                .authenticate(credentials)
                .onSuccess(answer -> {
                    request.resume();
                    switch (answer) {
                        case Authentication.Known known -> admit(context, known.caller(), needed);
                        case Authentication.Refused refused -> failed(context, refused.reason());
                    }
                })
                .onFailure(failure -> {
                    request.resume();
                    context.fail(failure);
                });
    }

    private void admit(RoutingContext context, Caller caller, Scope needed) {
        RateLimits.Answer left = requests.take(caller.name());
        context.response()
                .putHeader("RateLimit-Policy", requests.policy("caller"))
                .putHeader("RateLimit", "\"caller\";r=%d;t=1".formatted(left.remaining()));
        if (!left.allowed()) {
            tooMany(context, left, "this caller asks too often");
            return;
        }
        if (!caller.scope().includes(needed)) {
            String detail = "this needs scope %s, and %s has %s"
                    .formatted(needed.label(), caller.name(), caller.scope().label());
            note(context, caller.name(), 403, detail);
            ProblemDetails.of(403, detail).send(context);
            return;
        }
        context.put(CALLER, caller);
        context.next();
    }

    /**
     * Whether it is somebody on this machine: the connection comes from there, nobody passed it on, and it was meant to go there.
     * The last keeps web pages out that call this address in a visitor's browser, by a name of their own (DNS rebinding) or across
     * sites.
     */
    private static boolean comesFromHere(HttpServerRequest request) {
        String host =
                Optional.ofNullable(request.authority()).map(HostAndPort::host).orElse("");
        boolean passedOn = request.headers().contains("Forwarded")
                || request.headers().contains("X-Forwarded-For")
                || request.headers().contains("Via");
        String site = Optional.ofNullable(request.getHeader("Sec-Fetch-Site")).orElse("none");
        return isLoopback(address(request))
                && !passedOn
                && LOOPBACK_HOST.matcher(host).matches()
                && (site.equals("none") || site.equals("same-origin"));
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("0:0:0:0:0:0:0:1") || address.equals("::1");
    }

    /** The address that a request comes from. */
    public static String address(HttpServerRequest request) {
        return Optional.ofNullable(request.remoteAddress())
                .map(peer -> Optional.ofNullable(peer.hostAddress()).orElse(peer.toString()))
                .orElse(AuditEntry.NOBODY);
    }

    /** The address, of IPv6 the first 64 bits: one customer has all the others. */
    private static String network(HttpServerRequest request) {
        String[] groups = address(request).split(":", -1);
        return groups.length < 5
                ? address(request)
                : String.join(":", List.of(groups).subList(0, 4));
    }

    private void failed(RoutingContext context, String reason) {
        failures.take(network(context.request()));
        unauthorized(context, reason);
    }

    private void unauthorized(RoutingContext context, String reason) {
        note(context, AuditEntry.NOBODY, 401, reason);
        context.response().putHeader("WWW-Authenticate", "Bearer realm=\"gatekeeper\"");
        ProblemDetails.of(401, reason).send(context);
    }

    private static void tooMany(RoutingContext context, RateLimits.Answer left, String detail) {
        context.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(left.waitSeconds()));
        ProblemDetails.of(429, detail).send(context);
    }

    private void note(RoutingContext context, String who, int status, String detail) {
        HttpServerRequest request = context.request();
        if (!notes.take(network(request) + " " + who).allowed()) {
            return;
        }
        refusals.note(new AuditEntry(
                clock.instant(), who, address(request), request.method() + " " + request.path(), "", status, detail));
    }
}
