package peagen.bench.contract.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.FieldEdits;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunEvent.RunDeclared;

class RunEventsTest {

    private static final Envelope ENVELOPE = new Envelope("load-generator-1", 3, "r1", 1_748_786_723_000_000L, 250);

    @Test
    void readsEveryPlanThatItWrote() {
        Random random = new Random(11);
        for (int i = 0; i < 500; i++) {
            RunEvent event = new RunDeclared(ENVELOPE, randomPlan(random));

            assertThat(RunEvents.decode(RunEvents.encode(event))).isEqualTo(new Decoded.Known<>(event));
        }
    }

    @Test
    void readsEveryOutcomeThatItWrote() {
        for (Outcome outcome : Outcome.values()) {
            RunEvent event = new RunClosed(ENVELOPE, outcome, "zu spät, \"Ende\"\nder Fahnenstange", Long.MAX_VALUE, 0);

            assertThat(RunEvents.decode(RunEvents.encode(event))).isEqualTo(new Decoded.Known<>(event));
        }
    }

    @Test
    void aPlanThatMeasuresNothingHasAnEmptyList() {
        RunPlan plan = plan(List.of());

        assertThat(RunEvents.decode(RunEvents.encode(new RunDeclared(ENVELOPE, plan))))
                .isEqualTo(new Decoded.Known<>(new RunDeclared(ENVELOPE, plan)));
        assertThat(plan.totalSeconds()).isEqualTo(13);
    }

    @Test
    void wordsThatWouldNotBeReadAsOneAreNotWritten() {
        for (String word : List.of("PT-1,PT-2", "")) {
            RunEvent event = new RunDeclared(ENVELOPE, plan(List.of("PT-0", word)));

            assertThatThrownBy(() -> RunEvents.encode(event))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected words without comma");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "steady_s  | 31536001  | field 'steady_s': got 31536001, expected at most a year of seconds",
                "warm_up_s | -1        | field 'warm_up_s': got -1, expected 0 or more",
                "load      | OPEN      | field 'load': got 'OPEN', expected one of [open, closed]",
                "seed      | forty-two | field 'seed': got 'forty-two', expected a whole number",
                "measures  | PT-1,,PT2 | field 'measures': empty word in 'PT-1,,PT2'",
                "measures  | ,         | field 'measures': empty word in ','",
            })
    void namesTheFieldAndWhatWasWrongWithIt(String field, String text, String reason) {
        Fields declared = RunEvents.encode(new RunDeclared(ENVELOPE, plan(List.of("PT-1"))));

        assertThat(RunEvents.decode(FieldEdits.with(declared, field, text))).isEqualTo(new Decoded.Malformed<>(reason));
    }

    @Test
    void anUnknownOutcomeIsMalformed() {
        Fields closed = RunEvents.encode(new RunClosed(ENVELOPE, Outcome.COMPLETED, "", 1, 0));

        assertThat(RunEvents.decode(FieldEdits.with(closed, "outcome", "exploded")))
                .isEqualTo(new Decoded.Malformed<>(
                        "field 'outcome': got 'exploded', expected one of [completed, interrupted, failed]"));
    }

    private static RunPlan randomPlan(Random random) {
        return new RunPlan(
                text(random),
                text(random),
                text(random),
                random.nextLong(),
                text(random),
                random.nextLong() >>> 1,
                random.nextLong() >>> 1,
                random.nextInt(31_536_001),
                random.nextInt(31_536_001),
                random.nextInt(31_536_001),
                random.nextBoolean() ? RunPlan.Load.OPEN : RunPlan.Load.CLOSED,
                random.nextLong() >>> 1,
                Stream.generate(() -> "m" + text(random).replace(",", ""))
                        .limit(random.nextInt(4))
                        .toList());
    }

    private static RunPlan plan(List<String> measures) {
        return new RunPlan(
                "smoke", "DEV-STUB", "v0.9", 42, "ab", 9, 1_000_000, 2, 10, 1, RunPlan.Load.OPEN, 5, measures);
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(20), 1, 0xd800)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
