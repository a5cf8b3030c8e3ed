package peagen.bench.loadgenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static peagen.bench.loadgenerator.Answers.answerOf;
import static peagen.bench.loadgenerator.Answers.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunEvent.RunDeclared;
import peagen.bench.contract.event.RunEvent.StopRequested;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;
import peagen.bench.contract.event.TaskEvent.TasksOutstanding;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.loadgenerator.domain.Arrival;
import peagen.bench.loadgenerator.domain.FarmPlan;
import peagen.bench.loadgenerator.domain.RunRequest;
import peagen.bench.loadgenerator.domain.Scenario;
import peagen.bench.measurement.schedule.Handling;
import peagen.bench.measurement.schedule.LoadShape;
import peagen.bench.measurement.schedule.PayloadSize;
import peagen.bench.measurement.schedule.Phases;
import peagen.bench.measurement.schedule.TaskMix;
import peagen.bench.measurement.schedule.TaskRate;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.clock.ServerClock;
import peagen.bench.streams.outbox.Producer;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

@Execution(ExecutionMode.CONCURRENT)
class LoadGeneratorTest {

    private static final Scenario SCENARIO = new Scenario(
            "short",
            "a second of load",
            "v1.0",
            List.of("PT-3"),
            Optional.of(new LoadShape.Constant(TaskRate.perSecond(400))),
            new Phases(0, 1, 0),
            List.of(new TaskMix.Share("execute", 1)),
            new PayloadSize.Fixed(8),
            List.of("cpu"),
            Duration.ofMillis(50),
            Duration.ofSeconds(10),
            150,
            new FarmPlan(1, 1, 1, Handling.NOOP, Duration.ZERO, 0, 10));

    private final Vertx vertx = Vertx.vertx();
    private final StreamNames streams = StreamNames.peagen();
    private final StubBroker broker = new StubBroker(vertx, new StubRedis());
    private final AtomicLong finished = new AtomicLong();

    @AfterEach
    void end() {
        answerOf(vertx.close());
    }

    private LoadGenerator generator(StreamBroker link, Scenario scenario) {
        ServerClock clock = answerOf(ServerClock.start(vertx, broker));
        Producer producer = new Producer("load-generator-1", clock::nowMicros, clock::uncertaintyMicros);
        return new LoadGenerator(
                vertx, link, producer, clock, new RunRequest("run-1", scenario, 42, "DEV-STUB", streams));
    }

    /** Workers that finish everything at once. */
    private void farm() {
        broker.readGroup(new GroupRead(streams.tasks(), streams.group(), "w", 50, Duration.ofMillis(5)))
                .compose(tasks -> broker.acknowledge(
                                streams.tasks(),
                                streams.group(),
                                tasks.stream().map(StreamEntry::id).toList())
                        .onSuccess(finished::addAndGet))
                .onSuccess(ignored -> farm());
    }

    private static Scenario lasting(Scenario scenario, int steadySeconds, Duration drain) {
        return new Scenario(
                scenario.name(),
                scenario.summary(),
                scenario.profile(),
                scenario.measures(),
                scenario.shape(),
                new Phases(0, steadySeconds, 0),
                scenario.kinds(),
                scenario.payload(),
                scenario.requires(),
                scenario.sendDelayP99(),
                drain,
                scenario.backlog(),
                scenario.farm());
    }

    private List<StreamEntry> entries(String stream) {
        return answerOf(broker.range(stream, EntryId.MIN, EntryId.MAX, 1_000_000));
    }

    private List<RunEvent> control() {
        return entries(StreamNames.CONTROL).stream()
                .map(entry -> ((Decoded.Known<RunEvent>) RunEvents.decode(entry.fields())).value())
                .toList();
    }

    private RunPlan plan() {
        assertThat(control().get(0)).isInstanceOf(RunDeclared.class);
        return ((RunDeclared) control().get(0)).plan();
    }

    private <T extends TaskEvent> List<T> events(Class<T> type) {
        Stream<TaskEvent> all = entries(streams.events()).stream()
                .map(entry -> ((Decoded.Known<TaskEvent>) TaskEvents.decode(entry.fields())).value());
        return all.filter(type::isInstance).map(type::cast).toList();
    }

    private List<Long> enqueued() {
        return events(TasksEnqueued.class).stream()
                .flatMap(event -> IntStream.range(0, event.size()).mapToObj(event::sequence))
                .sorted()
                .toList();
    }

    @Test
    void endsEarlyWhenSomebodyAsksOnTheControlStream() {
        farm();
        LoadGenerator generator = generator(broker, lasting(SCENARIO, 60, Duration.ofSeconds(2)));
        Future<RunClosed> over = generator.run();
        await().until(() -> !entries(StreamNames.CONTROL).isEmpty());
        StopRequested other = new StopRequested(new Envelope("gatekeeper-1", 0, "run-2", 0, 0), "another");
        StopRequested ours = new StopRequested(new Envelope("gatekeeper-1", 1, "run-1", 0, 0), "no use any more");
        answerOf(broker.append(
                StreamNames.CONTROL,
                List.of(RunEvents.encode(other), Fields.of("nonsense", new byte[] {1}), RunEvents.encode(ours))));
        RunClosed closed = answerOf(over);
        assertThat(closed.outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(closed.reason()).isEqualTo("no use any more");
    }

    private StreamBroker broken(String broken, String stream, int after, RuntimeException how) {
        AtomicInteger calls = new AtomicInteger();
        return new ForwardingBroker(broker) {
            @Override
            protected <T> Future<T> call(String operation, String asked, Call<T> call) {
                return operation.equals(broken) && asked.equals(stream) && calls.incrementAndGet() > after
                        ? Future.failedFuture(how)
                        : call.execute();
            }
        };
    }

    @Test
    void declaresSendsReportsAndClosesARun() {
        AtomicInteger appends = new AtomicInteger();
        StreamBroker counting = new ForwardingBroker(broker) {
            @Override
            protected <T> Future<T> call(String operation, String stream, Call<T> call) {
                if (operation.equals("append") && stream.equals(streams.tasks())) {
                    appends.incrementAndGet();
                }
                return call.execute();
            }
        };
        Future<RunClosed> run = generator(counting, SCENARIO).run();
        farm();
        RunClosed closed = answerOf(run);
        assertThat(control()).hasSize(2).last().isEqualTo(closed);
        RunPlan plan = plan();
        assertThat(plan)
                .isEqualTo(new RunPlan(
                        "short",
                        "DEV-STUB",
                        "v1.0",
                        42,
                        SCENARIO.schedule(42).hash(),
                        400,
                        plan.startMicros(),
                        0,
                        1,
                        0,
                        RunPlan.Load.OPEN,
                        50_000,
                        List.of("PT-3")));
        assertThat(plan.startMicros() % 1_000_000).isZero();
        assertThat(plan.startMicros()).isGreaterThan(control().get(0).envelope().occurredAtMicros() + 200_000);
        assertThat(closed.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(closed.reason()).isEmpty();
        assertThat(closed.enqueued()).isEqualTo(400);
        assertThat(closed.outstanding()).isZero();
        assertThat(closed.envelope().occurredAtMicros()).isGreaterThanOrEqualTo(plan.startMicros() + 1_000_000);
        assertThat(enqueued()).isEqualTo(LongStream.range(0, 400).boxed().toList());
        assertThat(events(TasksOutstanding.class)).isEmpty();
        assertThat(events(TasksEnqueued.class)).hasSizeLessThan(20).hasSizeLessThan(appends.get());
    }

    @Test
    void listsWhatTheFarmDidNotFinish() {
        RunClosed closed =
                answerOf(generator(broker, lasting(SCENARIO, 1, Duration.ZERO)).run());
        assertThat(closed.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(closed.outstanding()).isEqualTo(400);
        assertThat(events(TasksOutstanding.class)).extracting(TaskEvent::size).containsExactly(400);
        assertThat(enqueued()).hasSize(400);
    }

    @Test
    void closesTheRunAsFailedWithTheReasonWhenTasksAreRefused() {
        StreamBroker full =
                broken("append", streams.tasks(), 5, new BrokerException(Reason.OUT_OF_MEMORY, "XADD: no memory"));
        RunClosed closed =
                answerOf(generator(full, lasting(SCENARIO, 60, Duration.ZERO)).run());
        assertThat(closed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(closed.reason()).isEqualTo("tasks were not taken: XADD: no memory");
        assertThat(closed.enqueued()).isEqualTo(entries(streams.tasks()).size()).isPositive();
        assertThat(enqueued()).hasSize((int) closed.enqueued());
        assertThat(control()).last().isEqualTo(closed);
    }

    @Test
    void keepsTheFirstReasonWhenTheEndCannotBeSeenEither() {
        BrokerException wrong = new BrokerException(Reason.REJECTED, "not a stream");
        StreamBroker replaced = new ForwardingBroker(broken("append", streams.tasks(), 5, wrong)) {
            @Override
            protected <T> Future<T> call(String operation, String stream, Call<T> call) {
                return operation.equals("groupInfo") ? Future.failedFuture("no group") : call.execute();
            }
        };
        RunClosed closed = answerOf(generator(replaced, SCENARIO).run());
        assertThat(closed.reason()).isEqualTo("tasks were not taken: not a stream");
    }

    @Test
    void closesTheRunAsFailedWhenItsEndCannotBeSeen() {
        BrokerException gone = new BrokerException(Reason.UNREACHABLE, "XINFO: nobody there");
        RunClosed closed =
                answerOf(generator(broken("groupInfo", streams.tasks(), 0, gone), lasting(SCENARIO, 1, Duration.ZERO))
                        .run());
        assertThat(closed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(closed.reason()).isEqualTo("the run's end was not seen: XINFO: nobody there");
        assertThat(closed.enqueued()).isEqualTo(400);
    }

    @Test
    void closesTheRunAsFailedWhenItBreaksItself() {
        StreamBroker odd = new ForwardingBroker(broker) {
            @Override
            public Future<List<EntryId>> append(String stream, List<Fields> entries) {
                if (stream.equals(streams.tasks())) {
                    throw new IllegalStateException("a bug");
                }
                return super.append(stream, entries);
            }
        };
        RunClosed closed = answerOf(generator(odd, SCENARIO).run());
        assertThat(closed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(closed.reason()).isEqualTo("the load generator broke: java.lang.IllegalStateException: a bug");
    }

    @Test
    void closesAnInterruptedRunWithWhatWasEnqueued() {
        LoadGenerator generator = generator(broker, lasting(SCENARIO, 60, Duration.ofMinutes(5)));
        Future<RunClosed> run = generator.run();
        farm();
        await().until(() -> finished.get() > 20);
        generator.interrupt("Ctrl-C");
        generator.interrupt("a second time");
        RunClosed closed = answerOf(run);
        assertThat(closed.outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(closed.reason()).isEqualTo("Ctrl-C");
        assertThat(closed.enqueued())
                .isBetween(21L, 5_000L)
                .isEqualTo(entries(streams.tasks()).size());
        assertThat(enqueued()).hasSize((int) closed.enqueued());
        assertThat(closed.outstanding()).isZero();
    }

    /** It used to wait out the whole drain, and was killed before it had closed the run. */
    @Test
    void canBeInterruptedWhileItWaitsForTheFarm() {
        LoadGenerator generator = generator(broker, lasting(SCENARIO, 1, Duration.ofHours(1)));
        Future<RunClosed> run = generator.run();
        await().until(() -> entries(streams.tasks()).size() == 400);
        generator.interrupt("Ctrl-C");
        RunClosed closed = answerOf(run);
        assertThat(closed.outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(closed.outstanding()).isEqualTo(400);
    }

    @Test
    void sendsNothingWhenItIsInterruptedBeforeItBegins() {
        LoadGenerator generator = generator(broker, SCENARIO);
        generator.interrupt("changed my mind");
        RunClosed closed = answerOf(generator.run());
        assertThat(closed.outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(closed.enqueued()).isZero();
    }

    @Test
    void lastsItsTimeWithoutATask() {
        Scenario idle = new Scenario(
                "idle",
                "s",
                "v1.0",
                List.of(),
                Optional.of(new LoadShape.Idle()),
                new Phases(1, 1, 0),
                SCENARIO.kinds(),
                SCENARIO.payload(),
                List.of(),
                Duration.ZERO,
                Duration.ZERO,
                1,
                SCENARIO.farm());
        RunClosed closed = answerOf(generator(broker, idle).run());
        assertThat(closed.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(closed.enqueued()).isZero();
        assertThat(closed.envelope().occurredAtMicros() - plan().startMicros()).isGreaterThanOrEqualTo(2_000_000);
        assertThat(plan().plannedTasks()).isZero();
    }

    @Test
    void keepsAClosedRunWithinItsBacklogAndSaysThatItIsOne() {
        AtomicLong appended = new AtomicLong();
        AtomicLong most = new AtomicLong();
        StreamBroker watched = new ForwardingBroker(broker) {
            @Override
            public Future<List<EntryId>> append(String stream, List<Fields> entries) {
                if (stream.equals(streams.tasks())) {
                    long unfinished = appended.addAndGet(entries.size()) - finished.get();
                    most.accumulateAndGet(unfinished, Math::max);
                }
                return super.append(stream, entries);
            }
        };
        Future<RunClosed> run =
                generator(watched, SCENARIO.arriving(new Arrival.Max())).run();
        farm();
        RunClosed closed = answerOf(run);
        assertThat(plan().load()).isEqualTo(RunPlan.Load.CLOSED);
        assertThat(plan().plannedTasks()).isZero();
        assertThat(plan().profile()).isEqualTo(Scenario.CLOSED_PROFILE);
        assertThat(most.get()).isBetween(1L, 150L);
        assertThat(closed.enqueued()).isGreaterThan(150).isEqualTo(appended.get());
        assertThat(closed.outstanding()).isZero();
        assertThat(enqueued())
                .isEqualTo(LongStream.range(0, closed.enqueued()).boxed().toList());
    }

    @Test
    void refusesAScheduleWithMoreTasksThanARunMayHave() {
        Scenario endless = SCENARIO.arriving(new Arrival.At(TaskRate.perSecond(5e9)));
        assertThatThrownBy(() -> answerOf(generator(broker, endless).run()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at most 4294967295");
        assertThat(control()).isEmpty();
    }

    @Test
    void failsWhenTheServerDoesNotEvenTakeTheEndOfTheRun() {
        BrokerException gone = new BrokerException(Reason.UNREACHABLE, "XADD bench.control: nobody there");
        StreamBroker link = broken("append", StreamNames.CONTROL, 1, gone);
        LoadGenerator generator = generator(link, SCENARIO);
        generator.interrupt("short");
        assertThatThrownBy(() -> answerOf(generator.run())).isSameAs(gone);
    }
}
