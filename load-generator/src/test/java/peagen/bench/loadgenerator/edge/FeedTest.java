package peagen.bench.loadgenerator.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.loadgenerator.Answers.answerOf;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.Phase;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.task.TaskTag;
import peagen.bench.loadgenerator.ForwardingBroker;
import peagen.bench.loadgenerator.domain.Backlog;
import peagen.bench.measurement.schedule.Arrivals;
import peagen.bench.measurement.schedule.LoadShape;
import peagen.bench.measurement.schedule.PayloadSize;
import peagen.bench.measurement.schedule.Phases;
import peagen.bench.measurement.schedule.Schedule;
import peagen.bench.measurement.schedule.TaskMix;
import peagen.bench.measurement.schedule.TaskRate;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupInfo;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.clock.ServerClock;

class FeedTest {

    private static final TaskMix MIX = new TaskMix(
            List.of(new TaskMix.Share("render", 1), new TaskMix.Share("mutate", 3)), new PayloadSize.Uniform(0, 40), 7);

    private final Bench bench = new Bench();
    private final LongSupplier clock = answerOf(ServerClock.start(bench.vertx, bench.broker))::nowMicros;

    @AfterEach
    void end() {
        bench.close();
    }

    private static Schedule poisson(double perSecond, Phases phases) {
        return new Schedule(new LoadShape.Poisson(TaskRate.perSecond(perSecond)), phases, MIX, 7);
    }

    private static Schedule constant(double perSecond, Phases phases) {
        return new Schedule(new LoadShape.Constant(TaskRate.perSecond(perSecond)), phases, MIX, 7);
    }

    private static List<TaskTag> tags(Schedule schedule, long startMicros) {
        List<TaskTag> tags = new ArrayList<>();
        Arrivals arrivals = schedule.arrivals();
        while (arrivals.advance()) {
            long due = startMicros + arrivals.offsetNanos() / 1000;
            tags.add(new TaskTag("run-1", arrivals.sequence(), due, arrivals.phase()));
        }
        return tags;
    }

    private static List<TaskTag> tags(List<Bench.Sent> sent) {
        return sent.stream()
                .map(row -> new TaskTag("run-1", row.sequence(), row.intended(), row.phase()))
                .toList();
    }

    private Sender send(StreamBroker to, Schedule schedule, long start) throws InterruptedException {
        Sender sender = bench.sender(to, schedule, clock, () -> false);
        new Feed.Open(schedule, start, clock).run(sender);
        sender.awaitAnswers();
        return sender;
    }

    @Test
    void sendsEveryTaskOnceWithTheTimeThatItWasIntendedForAndNeverEarly() throws InterruptedException {
        Schedule schedule = poisson(2_000, new Phases(0, 1, 0));
        long start = clock.getAsLong() + 50_000;
        Sender sender = send(bench.broker, schedule, start);
        List<TaskTag> planned = tags(schedule, start);
        assertThat(planned).hasSizeGreaterThan(1_000);
        assertThat(bench.tags()).isEqualTo(planned);
        assertThat(tags(bench.sent())).isEqualTo(planned);
        assertThat(bench.sent()).allSatisfy(row -> assertThat(row.delay()).isNotNegative());
        assertThat(sender.enqueued()).isEqualTo(planned.size());
        assertThat(sender.failure()).isEmpty();
        assertThat(bench.reports).hasSizeLessThan(planned.size());
    }

    @Test
    void writesTasksAsTheMixWantsThem() throws InterruptedException {
        Schedule schedule = constant(300, new Phases(0, 1, 0));
        send(bench.broker, schedule, clock.getAsLong());
        assertThat(bench.tasks()).hasSize(300).allSatisfy(task -> {
            long sequence = task.tag().orElseThrow().sequence();
            assertThat(task.kind()).isEqualTo(MIX.kind(sequence));
            assertThat(task.requires()).containsExactly("cpu");
            assertThat(task.id()).matches("[0-9a-f]{32}").endsWith(Long.toHexString(sequence));
            assertThat(task.createdAt()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
            assertThat(task.payload().toString().contains("padding")).isEqualTo(MIX.payloadBytes(sequence) > 0);
        });
        assertThat(bench.sent()).allSatisfy(row -> assertThat(row.kind()).isEqualTo(MIX.kindIndex(row.sequence())));
    }

    /**
     * The server's clock is measured again and again, and may turn out to have been fast. Set back between the last look and the
     * send itself nobody can help it, which is rare.
     */
    @Test
    void isNotEarlyWhenTheClockIsSetBackWhileItWaits() throws InterruptedException {
        long born = clock.getAsLong();
        LongSupplier corrected = () -> {
            long uncorrected = clock.getAsLong();
            return uncorrected - (uncorrected - born) / 40_000 * 20_000;
        };
        Schedule schedule = constant(400, new Phases(0, 1, 0));
        Sender sender = bench.sender(bench.broker, schedule, corrected, () -> false);
        new Feed.Open(schedule, corrected.getAsLong() + 20_000, corrected).run(sender);
        sender.awaitAnswers();
        assertThat(bench.sent()).hasSize(400);
        assertThat(bench.sent().stream().filter(row -> row.delay() < -5_000)).hasSizeLessThan(10);
    }

    @Test
    void keepsTheIntendedTimesWhenTheServerIsSlow() throws InterruptedException {
        StreamBroker slow = new ForwardingBroker(bench.broker) {
            @Override
            protected <T> Future<T> call(String operation, String stream, Call<T> call) {
                return call.execute()
                        .compose(done ->
                                bench.vertx.timer(120, TimeUnit.MILLISECONDS).map(done));
            }
        };
        Schedule schedule = constant(1_000, new Phases(0, 1, 0));
        long start = clock.getAsLong();
        Sender sender = send(slow, schedule, start);
        assertThat(bench.tags()).isEqualTo(tags(schedule, start));
        assertThat(sender.enqueued()).isEqualTo(1_000);
        assertThat(bench.sent()).hasSize(1_000);
        assertThat(bench.sent().stream().mapToLong(Bench.Sent::delay).max().orElse(0))
                .isGreaterThan(60_000);
    }

    @Test
    void stopsWhenABatchIsRefused() throws InterruptedException {
        AtomicInteger appends = new AtomicInteger();
        StreamBroker full = new ForwardingBroker(bench.broker) {
            @Override
            protected <T> Future<T> call(String operation, String stream, Call<T> call) {
                return appends.incrementAndGet() < 3
                        ? call.execute()
                        : Future.failedFuture(new BrokerException(Reason.OUT_OF_MEMORY, "no memory left"));
            }
        };
        long begun = System.nanoTime();
        Sender sender = send(full, constant(200, new Phases(0, 30, 0)), clock.getAsLong());
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(sender.failure()).contains("no memory left");
        assertThat(sender.halted()).isTrue();
        assertThat(sender.enqueued())
                .isEqualTo(bench.tasks().size())
                .isEqualTo(bench.sent().size());
        int asked = appends.get();
        sender.add(1_000_000, clock.getAsLong(), Phase.STEADY);
        sender.send();
        assertThat(appends).hasValue(asked);
    }

    @Test
    void stopsWhenItIsToldTo() throws InterruptedException {
        AtomicBoolean stopped = new AtomicBoolean();
        Schedule schedule = constant(500, new Phases(0, 30, 0));
        Sender sender = bench.sender(bench.broker, schedule, clock, stopped::get);
        bench.vertx.setTimer(200, due -> stopped.set(true));
        long begun = System.nanoTime();
        new Feed.Open(schedule, clock.getAsLong(), clock).run(sender);
        sender.awaitAnswers();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(sender.enqueued()).isEqualTo(bench.tasks().size()).isBetween(1L, 5_000L);
        assertThat(sender.failure()).isEmpty();
    }

    @Test
    void waitsForTheEndOfTheRunAfterTheLastTask() throws InterruptedException {
        Schedule idle = new Schedule(new LoadShape.Idle(), new Phases(0, 1, 0), MIX, 7);
        long start = clock.getAsLong();
        send(bench.broker, idle, start);
        assertThat(clock.getAsLong() - start).isGreaterThanOrEqualTo(1_000_000);
        assertThat(bench.tasks()).isEmpty();
    }

    @Test
    void keepsAClosedLoadWithinItsBacklog() throws InterruptedException {
        int limit = 300;
        AtomicLong appended = new AtomicLong();
        AtomicLong finished = new AtomicLong();
        AtomicLong most = new AtomicLong();
        StreamBroker watched = new ForwardingBroker(bench.broker) {
            @Override
            public Future<List<EntryId>> append(String stream, List<Fields> entries) {
                long now = appended.addAndGet(entries.size()) - finished.get();
                most.accumulateAndGet(now, Math::max);
                return super.append(stream, entries);
            }
        };
        answerOf(bench.broker.createGroup(Bench.STREAM, "farm", EntryId.MIN));
        Backlog backlog = new Backlog(limit);
        Schedule schedule = new Schedule(new LoadShape.Idle(), new Phases(1, 1, 0), MIX, 7);
        Sender sender = bench.sender(watched, schedule, clock, () -> false);
        long farm = bench.vertx.setPeriodic(5, tick -> {
            long enqueuedThen = sender.enqueued();
            bench.broker
                    .readGroup(new GroupRead(Bench.STREAM, "farm", "w", 40, Duration.ZERO))
                    .compose(tasks -> bench.broker
                            .acknowledge(
                                    Bench.STREAM,
                                    "farm",
                                    tasks.stream().map(StreamEntry::id).toList())
                            .onSuccess(finished::addAndGet))
                    .compose(ignored -> bench.broker.groupInfo(Bench.STREAM, "farm"))
                    .onSuccess((GroupInfo info) -> backlog.seen(enqueuedThen, info.lag() + info.pending()));
        });
        long start = clock.getAsLong();
        new Feed.Closed(schedule.phases(), start, clock, backlog).run(sender);
        sender.awaitAnswers();
        bench.vertx.cancelTimer(farm);
        assertThat(most.get()).isBetween((long) limit / 2, (long) limit);
        assertThat(finished.get()).isGreaterThan(limit);
        assertThat(clock.getAsLong() - start).isGreaterThanOrEqualTo(2_000_000);
        List<Bench.Sent> sent = bench.sent();
        assertThat(sent).extracting(Bench.Sent::sequence).doesNotHaveDuplicates();
        assertThat(sent).extracting(Bench.Sent::phase).contains(Phase.WARM_UP, Phase.STEADY);
        assertThat(sent).allSatisfy(row -> {
            assertThat(row.delay()).isNotNegative();
            assertThat(row.intended()).isGreaterThanOrEqualTo(start);
        });
    }
}
