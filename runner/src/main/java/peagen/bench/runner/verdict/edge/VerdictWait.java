package peagen.bench.runner.verdict.edge;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import peagen.bench.runner.verdict.domain.Answer;
import peagen.bench.runner.verdict.domain.Backoff;

/** Asks for a verdict again and again, until it is there, or it makes no sense to go on, or the time is over. Used by one thread. */
public final class VerdictWait {

    private final VerdictSource source;
    private final LongSupplier nanoClock;
    private final Pause pause;
    private final Consumer<String> said;
    private final Backoff backoff;
    private String lastSaid = "";

    /** Lets time pass. */
    @FunctionalInterface
    public interface Pause {
        /** Returns after {@code length}. */
        void of(Duration length) throws InterruptedException;
    }

    /**
     * A wait for what {@code source} knows.
     *
     * @param said gets a line whenever there is something new to tell
     */
    public VerdictWait(
            VerdictSource source, LongSupplier nanoClock, Pause pause, RandomGenerator random, Consumer<String> said) {
        this.source = source;
        this.nanoClock = nanoClock;
        this.pause = pause;
        this.said = said;
        this.backoff = new Backoff(random);
    }

    /** The last answer: {@link Answer.Said} or {@link Answer.Refused}, or any other when {@code limit} is over; zero asks once. */
    public Answer within(Duration limit) throws InterruptedException {
        long begun = nanoClock.getAsLong();
        while (true) {
            long asked = nanoClock.getAsLong();
            Answer answer = source.ask(left(limit, begun));
            boolean over = answer instanceof Answer.Said || answer instanceof Answer.Refused;
            if (over || left(limit, begun).isZero()) {
                return answer;
            }
            tell(answer);
            Duration next = backoff.after(answer, Duration.ofNanos(nanoClock.getAsLong() - asked));
            Duration left = left(limit, begun);
            if (next.compareTo(left) > 0) {
                pause.of(left);
                return left(limit, begun).isZero() ? answer : source.ask(Duration.ZERO);
            }
            pause.of(next);
        }
    }

    private Duration left(Duration limit, long begun) {
        Duration left = limit.minusNanos(nanoClock.getAsLong() - begun);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void tell(Answer answer) {
        String line = switch (answer) {
            case Answer.Said verdict -> "";
            case Answer.Refused refused -> "";
            case Answer.NotYet(String stage) ->
                "no verdict yet" + (stage.isEmpty() ? "" : ", the run is " + stage.toLowerCase(Locale.ROOT));
            case Answer.Unknown unknown -> "nobody has heard of the run yet";
            case Answer.Failed failed -> failed.reason() + "; asking again";
        };
        if (!line.equals(lastSaid)) {
            lastSaid = line;
            said.accept(line);
        }
    }
}
