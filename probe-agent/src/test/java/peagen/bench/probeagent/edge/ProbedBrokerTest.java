package peagen.bench.probeagent.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.probeagent.Seen.entry;
import static peagen.bench.probeagent.Seen.result;
import static peagen.bench.probeagent.Seen.task;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.task.ResultEnvelope.Status;
import peagen.bench.probeagent.Seen;
import peagen.bench.probeagent.domain.ObservationLog;
import peagen.bench.probeagent.domain.TaskWatch;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.Commit;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.StreamBroker.StaleClaim;
import peagen.bench.streams.StreamBroker.StaleEntries;

class ProbedBrokerTest {

    private static final StreamNames STREAMS = StreamNames.peagen();
    private static final String RUN = "run-1";

    private final List<TasksObserved> batches = new ArrayList<>();
    private final ObservationLog log = new ObservationLog(run -> new Envelope("p", 0, run, 0, 0), batches::add);
    private final TaskWatch watch = new TaskWatch(log);
    private long now = 100;
    private final List<List<Object>> passedOn = new ArrayList<>();
    private Future<?> answer = Future.succeededFuture();

    /** Stands for the farm: writes down what arrives, answers what it is told to, and takes one µs for it. */
    private final StreamBroker farm = (StreamBroker) Proxy.newProxyInstance(
            StreamBroker.class.getClassLoader(), new Class<?>[] {StreamBroker.class}, (proxy, method, arguments) -> {
                List<Object> call = new ArrayList<>(List.of(method.getName()));
                call.addAll(Arrays.asList(arguments == null ? new Object[0] : arguments));
                passedOn.add(call);
                now++;
                return answer;
            });

    private final StreamBroker probed = new ProbedBroker(farm, STREAMS, watch, () -> now);

    private Stream<String> told() {
        log.flush();
        return batches.stream().flatMap(Seen::rows).map(row -> row.told() + " at " + row.seen());
    }

    private void claim(StreamEntry... entries) {
        answer = Future.succeededFuture(List.of(entries));
        read(STREAMS.tasks(), STREAMS.group());
    }

    private Future<List<StreamEntry>> read(String stream, String group) {
        return probed.readGroup(new GroupRead(stream, group, "w", 10, Duration.ofSeconds(1)));
    }

    private void acknowledge(long id) {
        answer = Future.succeededFuture(1L);
        probed.acknowledge(STREAMS.tasks(), STREAMS.group(), List.of(new EntryId(id, 0)));
    }

    private Future<List<EntryId>> append(String stream, Fields fields) {
        return probed.append(stream, List.of(fields));
    }

    private void taken() {
        answer = Future.succeededFuture(List.of(new EntryId(99, 0)));
    }

    private void refused() {
        answer = Future.failedFuture(new BrokerException(Reason.UNREACHABLE, "away"));
    }

    /** A commit that depends on what keys hold looks at what its caller decides: it has a test of its own. */
    static Stream<Method> methods() {
        return Arrays.stream(StreamBroker.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !method.getName().equals("commitIfUnchanged"));
    }

    private static Object sample(Class<?> type) {
        if (type == String.class) {
            return STREAMS.tasks();
        } else if (type == List.class) {
            return new ArrayList<>();
        } else if (type == Fields.class) {
            return task(RUN, 1, 0);
        } else if (type == EntryId.class) {
            return new EntryId(7, 1);
        } else if (type == int.class) {
            return 17;
        } else if (type == long.class) {
            return 18L;
        } else if (type == GroupRead.class) {
            return new GroupRead(STREAMS.tasks(), STREAMS.group(), "w", 3, Duration.ofMillis(7));
        } else if (type == StaleClaim.class) {
            return new StaleClaim(STREAMS.tasks(), STREAMS.group(), "w", Duration.ofMillis(9), EntryId.MIN, 3);
        } else if (type == Duration.class) {
            return Duration.ofMillis(11);
        } else if (type == Commit.class) {
            return new Commit(List.of(), List.of());
        }
        throw new IllegalArgumentException("a new type of argument: " + type);
    }

    private static Object sampleAnswer(Method method) {
        String type = method.getGenericReturnType().getTypeName();
        if (type.contains("List<")) {
            return new ArrayList<>();
        }
        return type.contains("StaleEntries")
                ? new StaleEntries(EntryId.MIN, List.of(), List.of(), List.of())
                : type.contains("Long") ? Long.valueOf(12_345) : type.contains("EntryId") ? List.of(EntryId.MAX) : null;
    }

    @ParameterizedTest
    @MethodSource("methods")
    void passesEveryCallOnAndItsAnswerBack(Method method) throws IllegalAccessException, InvocationTargetException {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(ProbedBrokerTest::sample)
                .toArray();
        Object answered = sampleAnswer(method);
        answer = Future.succeededFuture(answered);

        Future<?> got = (Future<?>) method.invoke(probed, arguments);

        assertThat(passedOn).hasSize(1);
        assertThat(passedOn.getFirst().getFirst()).isEqualTo(method.getName());
        if (method.isDefault()) {
            // append of one entry is defined as append of a list of one
            assertThat(passedOn.getFirst()).containsExactly("append", arguments[0], List.of(arguments[1]));
            assertThat(got.result()).isEqualTo(EntryId.MAX);
        } else {
            for (int i = 0; i < arguments.length; i++) {
                assertThat(passedOn.getFirst().get(i + 1)).isSameAs(arguments[i]);
            }
            assertThat(got.result()).isSameAs(answered);
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void passesEveryFailureBack(Method method) throws IllegalAccessException, InvocationTargetException {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(ProbedBrokerTest::sample)
                .toArray();
        refused();

        Future<?> got = (Future<?>) method.invoke(probed, arguments);

        assertThat(got.cause()).isSameAs(answer.cause());
        assertThat(told()).isEmpty();
    }

    @Test
    void seesATaskFromClaimToAcknowledgement() {
        claim(entry(1, task(RUN, 5, 0)));
        taken();
        append(STREAMS.results(), result(RUN, 5, Status.ERROR));
        acknowledge(1);

        assertThat(told())
                .as("claimed when the answer came, ended when the worker asked")
                .containsExactly("5 CLAIMED 1 at 101", "5 EXECUTED 1 at 101", "5 FAILED 1 at 102");
    }

    @Test
    void seesOrphansReclaimedAndGivenBack() {
        answer = Future.succeededFuture(
                new StaleEntries(EntryId.MIN, List.of(entry(1, task(RUN, 5, 0))), List.of(3), List.of()));
        probed.claimStale(
                new StaleClaim(STREAMS.tasks(), STREAMS.group(), "w", Duration.ofSeconds(60), EntryId.MIN, 50));
        taken();
        append(STREAMS.tasks(), task(RUN, 5, 1));
        acknowledge(1);

        assertThat(told()).containsExactly("5 CLAIMED 3 at 101", "5 REQUEUED 3 at 101");
        assertThat(watch.inHand()).isZero();
    }

    @Test
    void seesDeadLetters() {
        claim(entry(1, task(RUN, 5, 3)));
        taken();
        append(STREAMS.deadLetters(), task(RUN, 5, 4));
        acknowledge(1);

        assertThat(told()).containsExactly("5 CLAIMED 4 at 101", "5 DEAD_LETTERED 4 at 102");
    }

    @Test
    void seesWhatIsCommittedInOneTransaction() {
        claim(entry(1, task(RUN, 5, 0)), entry(2, task(RUN, 6, 0)), entry(3, task(RUN, 7, 0)));
        answer = Future.succeededFuture();

        probed.commit(new Commit(
                List.of(
                        new Commit.Append(STREAMS.results(), result(RUN, 5, Status.ERROR)),
                        new Commit.Append(STREAMS.deadLetters(), task(RUN, 6, 4)),
                        new Commit.Append("elsewhere", task(RUN, 7, 0))),
                List.of(
                        new Commit.Acknowledge(
                                STREAMS.tasks(), STREAMS.group(), List.of(new EntryId(1, 0), new EntryId(2, 0))),
                        new Commit.Acknowledge(STREAMS.tasks(), "others", List.of(new EntryId(3, 0))))));

        assertThat(told().skip(3))
                .containsExactly("5 EXECUTED 1 at 101", "5 FAILED 1 at 101", "6 DEAD_LETTERED 1 at 101");
        assertThat(watch.inHand()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void seesWhatIsCommittedOnWhatKeysHoldOnlyWhenItHappens(boolean happens) {
        claim(entry(1, task(RUN, 5, 0)));
        Promise<Boolean> done = Promise.promise();
        answer = done.future();
        Commit commit = new Commit(
                List.of(new Commit.Append(STREAMS.results(), result(RUN, 5, Status.ERROR))),
                List.of(new Commit.Acknowledge(STREAMS.tasks(), STREAMS.group(), List.of(new EntryId(1, 0)))));

        Future<Boolean> got = probed.commitIfUnchanged(List.of("key"), values -> commit);
        List<Object> call = passedOn.getLast();
        assertThat(call.get(1)).isEqualTo(List.of("key"));
        @SuppressWarnings("unchecked")
        Function<List<Optional<byte[]>>, Commit> decide = (Function<List<Optional<byte[]>>, Commit>) call.get(2);
        assertThat(decide.apply(List.of(Optional.empty()))).isSameAs(commit);
        done.complete(happens);

        assertThat(got.result()).isEqualTo(happens);
        assertThat(told().skip(1).count()).isEqualTo(happens ? 2 : 0);
        assertThat(watch.inHand()).isEqualTo(happens ? 0 : 1);
    }

    @Test
    void whatTheStreamDidNotTakeWasNeverSeen() {
        refused();
        read(STREAMS.tasks(), STREAMS.group());
        probed.claimStale(
                new StaleClaim(STREAMS.tasks(), STREAMS.group(), "w", Duration.ofSeconds(60), EntryId.MIN, 50));
        claim(entry(1, task(RUN, 5, 0)));
        refused();
        append(STREAMS.results(), result(RUN, 5, Status.ERROR));
        append(STREAMS.tasks(), task(RUN, 5, 1));
        append(STREAMS.deadLetters(), task(RUN, 5, 4));
        probed.acknowledge(STREAMS.tasks(), STREAMS.group(), List.of(new EntryId(1, 0)));
        probed.commit(new Commit(
                List.of(new Commit.Append(STREAMS.tasks(), task(RUN, 5, 1))),
                List.of(new Commit.Acknowledge(STREAMS.tasks(), STREAMS.group(), List.of(new EntryId(1, 0))))));
        assertThat(watch.inHand()).isEqualTo(1);

        acknowledge(1);

        assertThat(told().map(line -> line.substring(0, line.indexOf(" at "))))
                .containsExactly("5 CLAIMED 1", "5 EXECUTED 1", "5 COMPLETED 1");
    }

    @Test
    void leavesOtherStreamsAndGroupsAlone() {
        answer = Future.succeededFuture(List.of(entry(1, task(RUN, 5, 0))));
        read(STREAMS.tasks(), "others");
        read("other.tasks", STREAMS.group());
        answer = Future.succeededFuture(
                new StaleEntries(EntryId.MIN, List.of(entry(1, task(RUN, 5, 0))), List.of(2), List.of()));
        probed.claimStale(new StaleClaim(STREAMS.tasks(), "others", "w", Duration.ZERO, EntryId.MIN, 50));
        claim(entry(2, task(RUN, 6, 0)));
        answer = Future.succeededFuture(1L);
        probed.acknowledge(STREAMS.tasks(), "others", List.of(new EntryId(2, 0)));
        probed.acknowledge("other.tasks", STREAMS.group(), List.of(new EntryId(2, 0)));
        taken();
        append("other.results", result(RUN, 6, Status.ERROR));
        probed.append(STREAMS.results(), List.of());

        assertThat(told().map(line -> line.substring(0, line.indexOf(" at ")))).containsExactly("6 CLAIMED 1");
        assertThat(watch.inHand()).isEqualTo(1);
    }

    @Test
    void foreignAndUnreadableEntriesArriveUntouched() {
        Fields unreadable = Fields.of("data", new byte[] {(byte) 0xff, 0});
        List<StreamEntry> delivered = List.of(entry(1, unreadable));
        answer = Future.succeededFuture(delivered);

        List<StreamEntry> arrived = read(STREAMS.tasks(), STREAMS.group()).result();

        assertThat(arrived).isSameAs(delivered);
        assertThat(watch.unreadable()).isEqualTo(1);
        assertThat(told()).isEmpty();
    }

    @Test
    void whenTheProbeBreaksTheWorkerNoticesNothing() {
        StreamBroker broken = new ProbedBroker(farm, STREAMS, watch, () -> {
            throw new IllegalStateException("no clock");
        });
        List<StreamEntry> delivered = List.of(entry(1, task(RUN, 5, 0)));
        answer = Future.succeededFuture(delivered);

        assertThat(broken.readGroup(new GroupRead(STREAMS.tasks(), STREAMS.group(), "w", 10, Duration.ZERO))
                        .result())
                .isSameAs(delivered);
        taken();
        assertThat(broken.append(STREAMS.tasks(), List.of(task(RUN, 5, 1))).succeeded())
                .isTrue();
        answer = Future.succeededFuture(1L);
        assertThat(broken.acknowledge(STREAMS.tasks(), STREAMS.group(), List.of(new EntryId(1, 0)))
                        .result())
                .isEqualTo(1);

        assertThat(passedOn).hasSize(3);
        assertThat(told()).isEmpty();
    }
}
