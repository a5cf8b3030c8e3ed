package peagen.bench.gatekeeper.webhook.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Dead;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Delivered;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Waiting;
import peagen.bench.gatekeeper.webhook.domain.Try.Answered;
import peagen.bench.gatekeeper.webhook.domain.Try.Fault;
import peagen.bench.gatekeeper.webhook.domain.Try.Result;
import peagen.bench.gatekeeper.webhook.domain.Try.Unanswered;

class DeliveryRulesTest {

    private static final Instant BEGIN = Instant.parse("2025-06-01T12:00:00Z");
    private static final RetryPolicy STANDARD = RetryPolicy.STANDARD;
    private static final RetryPolicy WITHOUT_JITTER =
            new RetryPolicy(STANDARD.delays(), 0, STANDARD.patience(), STANDARD.longestRetryAfter());
    private static final Result TIMED_OUT = new Unanswered(Fault.TIMED_OUT, "30 s");

    private final DeliveryRules exact = new DeliveryRules(WITHOUT_JITTER, new Random(1));

    static Delivery fresh() {
        return Delivery.of("ci", new Notice("msg_1", "{}".getBytes(UTF_8)), BEGIN);
    }

    private static Result answered(int status) {
        return new Answered(status, Optional.empty(), "");
    }

    private static Result askedToWait(String retryAfter) {
        return new Answered(503, Optional.of(retryAfter), "");
    }

    private static Delivery tried(DeliveryRules rules, Delivery delivery, Result result) {
        Instant at = ((Waiting) delivery.state()).next();
        return rules.after(delivery, new Try(at, Duration.ZERO, result));
    }

    /** When each try of a delivery is made that never succeeds, from the first on. */
    private static List<Duration> schedule(DeliveryRules rules, Result result) {
        List<Duration> tries = new ArrayList<>();
        Delivery delivery = fresh();
        while (delivery.state() instanceof Waiting waiting) {
            tries.add(Duration.between(BEGIN, waiting.next()));
            delivery = tried(rules, delivery, result);
        }
        assertThat(delivery.tries()).isEqualTo(tries.size());
        return tries;
    }

    @Test
    void triesAsTheStandardSuggestsForADay() {
        assertThat(schedule(exact, TIMED_OUT))
                .containsExactlyElementsOf(LongStream.of(0, 5, 305, 2105, 9305, 27_305, 63_305, 86_400)
                        .mapToObj(Duration::ofSeconds)
                        .toList());
    }

    @Test
    void spreadsRetriesEvenlyAroundTheirDelayAndTheSameForTheSameSeed() {
        DeliveryRules jittery = new DeliveryRules(STANDARD, new Random(42));
        double sum = 0;
        double least = Double.MAX_VALUE;
        double most = 0;
        int rounds = 10_000;
        for (int i = 0; i < rounds; i++) {
            Delivery after = tried(jittery, fresh(), TIMED_OUT);
            double seconds =
                    Duration.between(BEGIN, ((Waiting) after.state()).next()).toNanos() / 1e9;
            sum += seconds;
            least = Math.min(least, seconds);
            most = Math.max(most, seconds);
        }
        assertThat(sum / rounds).isBetween(4.98, 5.02);
        assertThat(least).isBetween(4.0, 4.01);
        assertThat(most).isBetween(5.99, 6.0);
        assertThat(schedule(new DeliveryRules(STANDARD, new Random(7)), TIMED_OUT))
                .isEqualTo(schedule(new DeliveryRules(STANDARD, new Random(7)), TIMED_OUT))
                .isNotEqualTo(schedule(new DeliveryRules(STANDARD, new Random(8)), TIMED_OUT));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverPlansATryMoreThanADayAfterTheFirstAndAlwaysComesToAnEnd(long seed) {
        Random random = new Random(seed);
        DeliveryRules rules = new DeliveryRules(STANDARD, random);
        for (int round = 0; round < 100; round++) {
            Delivery delivery = fresh();
            while (delivery.state() instanceof Waiting waiting) {
                assertThat(waiting.next()).isBeforeOrEqualTo(BEGIN.plus(STANDARD.patience()));
                Duration late = Duration.ofSeconds(random.nextInt(7200));
                Result result = random.nextBoolean() ? askedToWait("" + random.nextInt(9999)) : answered(500);
                delivery = rules.after(delivery, new Try(waiting.next().plus(late), Duration.ofSeconds(30), result));
            }
            assertThat(delivery.state()).isInstanceOf(Dead.class);
            assertThat(delivery.tries()).isBetween(2, STANDARD.delays().size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void isDeliveredByAnyStatusOfSuccess(int status) {
        Delivery after = tried(exact, fresh(), answered(status));

        assertThat(after.state()).isEqualTo(new Delivered(BEGIN));
        assertThat(after.last().map(made -> made.result().described())).contains("answered " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 199, 300, 301, 302, 307, 308, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504, 599})
    void triesAgainAfterAnyOtherStatus(int status) {
        assertThat(tried(exact, fresh(), answered(status)).state()).isEqualTo(new Waiting(BEGIN.plusSeconds(5)));
        assertThat(schedule(exact, answered(status))).hasSize(8);
    }

    @Test
    void givesUpAtOnceWhereTheReceiverIsGone() {
        Try gone = new Try(BEGIN, Duration.ofSeconds(1), answered(410));

        assertThat(exact.after(fresh(), gone).state())
                .isEqualTo(new Dead(BEGIN.plusSeconds(1), "answered 410: the receiver wants no more"));
        assertThat(DeliveryRules.unsubscribes(gone)).isTrue();
        assertThat(DeliveryRules.unsubscribes(new Try(BEGIN, Duration.ZERO, answered(404))))
                .isFalse();
        assertThat(DeliveryRules.unsubscribes(new Try(BEGIN, Duration.ZERO, TIMED_OUT)))
                .isFalse();
    }

    @Test
    void countsTheDelayFromTheEndOfTheTry() {
        Delivery after = exact.after(fresh(), new Try(BEGIN.plusSeconds(100), Duration.ofSeconds(30), TIMED_OUT));

        assertThat(after.state()).isEqualTo(new Waiting(BEGIN.plusSeconds(135)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | 120",
                "3 | 5",
                "0 | 5",
                "3600 | 3600",
                "3601 | 3600",
                "999999999 | 3600",
                "9999999999 | 5",
                "-1 | 5",
                "soon | 5",
                "1.5 | 5",
                "Sun, 01 Jun 2025 12:02:00 GMT | 120",
                "Sun, 01 Jun 2025 11:00:00 GMT | 5",
                "Mon, 02 Jun 2025 12:02:00 GMT | 3600",
                "Sunday, 01-Jun-25 12:02:00 GMT | 5"
            })
    void waitsAsLongAsItIsAskedToButNeverLessThanPlannedNorMoreThanAnHour(String asked, long seconds) {
        assertThat(tried(exact, fresh(), askedToWait(asked)).state())
                .isEqualTo(new Waiting(BEGIN.plusSeconds(seconds)));
    }

    @Test
    void saysWhyItWasGivenUp() {
        Delivery delivery = fresh();
        while (delivery.state() instanceof Waiting) {
            delivery = tried(exact, delivery, TIMED_OUT);
        }
        assertThat(delivery.state())
                .isEqualTo(new Dead(BEGIN.plus(Duration.ofDays(1)), "given up after 8 tries; timed out: 30 s"));
    }

    @Test
    void makesATryThatIsOverdueAndGivesUpAfterIt() {
        Try late = new Try(BEGIN.plus(Duration.ofDays(3)), Duration.ZERO, answered(500));

        assertThat(exact.after(fresh(), late).state())
                .isEqualTo(new Dead(late.at(), "given up after 1 try; answered 500"));
    }

    @Test
    void deadLettersCanBeReplayedUnderTheSameId() {
        Delivery dead = fresh().abandoned(BEGIN, "the subscription is disabled");
        Instant later = BEGIN.plus(Duration.ofDays(9));

        Delivery replayed = dead.replayed(later);

        assertThat(replayed.key()).isEqualTo(dead.key()).hasToString("ci/msg_1");
        assertThat(replayed.notice()).isEqualTo(dead.notice());
        assertThat(replayed.state()).isEqualTo(new Waiting(later));
        assertThat(replayed.tries()).isZero();
        assertThat(tried(exact, replayed, TIMED_OUT).state()).isEqualTo(new Waiting(later.plusSeconds(5)));
        assertThatIllegalStateException().isThrownBy(() -> replayed.replayed(later));
    }

    @Test
    void refusesNonsense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(List.of(), 0, Duration.ZERO, Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(List.of(Duration.ZERO), Double.NaN, Duration.ZERO, Duration.ZERO));
        Delivery any = fresh();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Delivery(
                        new Delivery.Key("ci", "msg_2"), any.notice(), BEGIN, 0, any.state(), any.last(), 0));
    }
}
