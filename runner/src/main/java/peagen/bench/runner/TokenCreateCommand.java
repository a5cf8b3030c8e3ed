package peagen.bench.runner;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import peagen.bench.gatekeeper.access.domain.ApiToken;
import peagen.bench.gatekeeper.access.domain.Scope;
import peagen.bench.gatekeeper.access.domain.TokenText;
import peagen.bench.runner.edge.BadInput;
import peagen.bench.service.syntax.DurationText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench token create NAME}. */
@Command(name = "create", description = "Makes a token and prints it, this once.")
final class TokenCreateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private TokenStoreOption store = new TokenStoreOption();

    @Parameters(paramLabel = "NAME", description = "what it is for: letters, digits, '.', '_' and '-', at most 64")
    private String name = "";

    @Option(
            names = "--scope",
            defaultValue = "read",
            description = "${COMPLETION-CANDIDATES}; each includes the ones before (default: ${DEFAULT-VALUE})")
    private Scope scope = Scope.READ;

    @Option(
            names = "--expires",
            paramLabel = "DURATION",
            description = "how long it is good, such as 90d; for ever unless given")
    private @Nullable String expires;

    @Override
    public Integer call() {
        if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new BadInput("NAME: got '" + name + "', expected 1 to 64 letters, digits, '.', '_' and '-'");
        }
        Instant now = Clock.systemUTC().instant();
        Optional<Instant> end = Optional.ofNullable(expires).map(text -> now.plus(lifetime(text)));
        TokenText text = TokenText.fresh(new SecureRandom());
        store.with(tokens -> tokens.add(ApiToken.of(text, name, scope, now, end)));
        spec.commandLine().getOut().println(text.written().reveal());
        spec.commandLine()
                .getErr()
                .println("bench: token %s of scope %s%s; it is not shown again"
                        .formatted(
                                text.id(),
                                scope.label(),
                                end.map(at -> ", good until " + at).orElse("")));
        return 0;
    }

    private static Duration lifetime(String text) {
        return DurationText.parse(text)
                .filter(length ->
                        length.compareTo(Duration.ofMinutes(1)) >= 0 && length.compareTo(Duration.ofDays(3_650)) <= 0)
                .orElseThrow(() -> new BadInput(
                        "--expires: got '" + text + "', expected a duration from 1m to 3650d, such as 90d"));
    }
}
