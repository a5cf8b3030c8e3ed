package peagen.bench.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static peagen.bench.streams.Answers.answerOf;
import static peagen.bench.streams.Answers.entry;
import static peagen.bench.streams.Answers.failureOf;
import static peagen.bench.streams.Answers.numbered;
import static peagen.bench.streams.Answers.read;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.Blob;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.StreamBroker.Commit;

/** What every broker does with commits that depend on what keys hold. */
abstract class ConditionalCommitContractTest extends BrokerContract {

    private static final String KEY = "{tasks}:seen:a";
    private static final String OTHER = "{tasks}:seen:b";
    private static final Duration LONG = Duration.ofHours(1);

    private static Commit appending(String text, Commit.Put... puts) {
        return new Commit(List.of(new Commit.Append(STREAM, entry(text))), List.of(), List.of(puts));
    }

    private static Commit.Put put(String key, String value) {
        return new Commit.Put(key, new Blob(value.getBytes(StandardCharsets.UTF_8)), LONG);
    }

    private static List<String> texts(List<Optional<byte[]>> values) {
        return values.stream()
                .map(value -> value.map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .orElse("-"))
                .toList();
    }

    private List<String> held(String... keys) {
        Promise<List<String>> held = Promise.promise();
        answerOf(broker().commitIfUnchanged(List.of(keys), values -> {
            held.complete(texts(values));
            return new Commit(List.of(), List.of());
        }));
        return answerOf(held.future());
    }

    private boolean appends(String text, Commit.Put... puts) {
        return answerOf(broker().commitIfUnchanged(List.of(KEY, OTHER), values -> appending(text, puts)));
    }

    /** A caller that may block: what it decides can wait for a rival. */
    private boolean commitOnWorker(List<String> keys, Function<List<Optional<byte[]>>, Commit> decide) {
        Promise<Boolean> done = Promise.promise();
        VerticleBase caller = new VerticleBase() {
            @Override
            public Future<?> start() {
                broker().commitIfUnchanged(keys, decide).onComplete(done);
                return Future.succeededFuture();
            }
        };
        answerOf(vertx().deployVerticle(caller, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
        return answerOf(done.future());
    }

    /** From a thread of no context, which is answered wherever the rival lives. */
    private static void meanwhile(StreamBroker rival, Commit commit) {
        CompletableFuture.runAsync(() -> answerOf(rival.commit(commit))).join();
    }

    @Test
    void putsValuesAndReadsThemInTheOrderOfTheKeys() {
        assertThat(appends("1", put(KEY, "one"))).isTrue();
        answerOf(broker().commit(appending("2", put(OTHER, "two"))));

        assertThat(held(OTHER, "{tasks}:missing", KEY)).containsExactly("two", "-", "one");
        assertThat(answerOf(broker().length(STREAM))).isEqualTo(2);
    }

    @Test
    void keepsAnyBytes() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        answerOf(broker().commit(new Commit(List.of(), List.of(), List.of(new Commit.Put(KEY, new Blob(all), LONG)))));
        Promise<byte[]> held = Promise.promise();
        answerOf(broker().commitIfUnchanged(List.of(KEY), values -> {
            held.complete(values.get(0).orElseThrow());
            return new Commit(List.of(), List.of());
        }));

        assertThat(answerOf(held.future())).isEqualTo(all);
    }

    @Test
    void doesNothingWhenAKeyWasWrittenMeanwhileEvenWithTheSameBytes() {
        StreamBroker rival = fixture().connect();
        appends("1", put(KEY, "one"));
        answerOf(broker().append(STREAM, numbered(2)));
        List<EntryId> pending = Answers.idsOf(answerOf(broker().readGroup(read(STREAM, GROUP, "a", 3))));

        boolean done = commitOnWorker(List.of(OTHER, KEY), values -> {
            meanwhile(rival, appending("rival", put(KEY, "one")));
            return new Commit(
                    List.of(new Commit.Append(STREAM, entry("late"))),
                    List.of(new Commit.Acknowledge(STREAM, GROUP, pending)),
                    List.of(put(OTHER, "late")));
        });

        assertThat(done).isFalse();
        assertThat(answerOf(broker().groupInfo(STREAM, GROUP)).pending()).isEqualTo(3);
        assertThat(held(KEY, OTHER)).containsExactly("one", "-");
        assertThat(answerOf(broker().length(STREAM))).isEqualTo(4);
        assertThat(appends("again", put(OTHER, "again"))).isTrue();
        assertThat(held(OTHER)).containsExactly("again");
        answerOf(rival.close());
    }

    @Test
    void noticesAKeyThatCameToBeMeanwhile() {
        StreamBroker rival = fixture().connect();

        assertThat(commitOnWorker(List.of(KEY), values -> {
                    meanwhile(rival, appending("rival", put(KEY, "one")));
                    return appending("late");
                }))
                .isFalse();
        assertThat(answerOf(broker().length(STREAM))).isEqualTo(1);
        answerOf(rival.close());
    }

    @Test
    void doesNotMindOtherKeys() {
        StreamBroker rival = fixture().connect();

        assertThat(commitOnWorker(List.of(KEY), values -> {
                    meanwhile(rival, appending("rival", put(OTHER, "one")));
                    return appending("late");
                }))
                .isTrue();
        answerOf(rival.close());
    }

    @Test
    void forgetsValuesAfterTheirTime() {
        answerOf(broker().commit(appending(
                "1", new Commit.Put(KEY, new Blob(new byte[] {'x'}), Duration.ofMillis(40)), put(OTHER, "stays"))));
        fixture().letIdle(Duration.ofMillis(60));

        assertThat(held(KEY, OTHER)).containsExactly("-", "stays");
    }

    @Test
    void isAnOrdinaryCommitWithoutKeys() {
        assertThat(answerOf(broker().commitIfUnchanged(List.of(), values -> {
                    assertThat(values).isEmpty();
                    return appending("1");
                })))
                .isTrue();
        assertThat(answerOf(broker().length(STREAM))).isEqualTo(1);
    }

    @Test
    void doesNothingWhenTheDecisionThrows() {
        IllegalStateException undecided = new IllegalStateException("undecided");
        Future<Boolean> commit = broker().commitIfUnchanged(List.of(KEY), values -> {
            throw undecided;
        });

        await().until(commit::isComplete);
        assertThat(commit.cause()).isSameAs(undecided);
        assertThat(appends("1", put(KEY, "one"))).isTrue();
    }

    @Test
    void refusesAnEntryWithoutFieldsAndDoesNothingElse() {
        BrokerException failure = failureOf(broker().commitIfUnchanged(
                        List.of(KEY),
                        values -> new Commit(
                                List.of(
                                        new Commit.Append(STREAM, entry("1")),
                                        new Commit.Append(
                                                STREAM, Fields.builder().build())),
                                List.of(),
                                List.of(put(KEY, "one")))));

        assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
        assertThat(held(KEY)).containsExactly("-");
        assertThat(answerOf(broker().length(STREAM))).isZero();
    }

    @Test
    void decidesAndAnswersOnTheContextOfTheCaller() {
        Context caller = vertx().getOrCreateContext();
        AtomicBoolean decidedThere = new AtomicBoolean();
        Promise<Boolean> answeredThere = Promise.promise();
        caller.runOnContext(task -> broker().commitIfUnchanged(List.of(KEY), values -> {
                    decidedThere.set(caller.equals(Vertx.currentContext()));
                    return appending("1");
                })
                .onComplete(done -> answeredThere.complete(caller.equals(Vertx.currentContext()))));

        assertThat(answerOf(answeredThere.future())).isTrue();
        assertThat(decidedThere).isTrue();
    }

    /** A counter that everybody reads and raises: an update that overwrites another shows. */
    @Test
    void losesNoUpdateAmongRivals() {
        List<StreamBroker> rivals =
                List.of(fixture().connect(), fixture().connect(), fixture().connect());
        List<Future<Integer>> counts = new ArrayList<>();
        for (StreamBroker rival : rivals) {
            counts.add(raise(rival, 30));
            counts.add(raise(rival, 30));
        }
        await().until(() -> counts.stream().allMatch(Future::isComplete));

        assertThat(counts).allMatch(Future::succeeded);
        assertThat(held(KEY)).containsExactly("180");
        assertThat(answerOf(broker().length(STREAM))).isEqualTo(180);
        rivals.forEach(rival -> answerOf(rival.close()));
    }

    private static Future<Integer> raise(StreamBroker rival, int times) {
        if (times == 0) {
            return Future.succeededFuture(0);
        }
        return rival.commitIfUnchanged(List.of(KEY), values -> {
                    String held = texts(values).get(0);
                    int next = held.equals("-") ? 1 : Integer.parseInt(held) + 1;
                    return appending(Integer.toString(next), put(KEY, Integer.toString(next)));
                })
                .compose(done -> raise(rival, done ? times - 1 : times));
    }

    @Test
    void refusesConditionalCommitsOnceClosed() {
        StreamBroker closed = fixture().connect();
        answerOf(closed.commitIfUnchanged(List.of(KEY), values -> appending("1")));
        answerOf(closed.close());

        assertThat(failureOf(closed.commitIfUnchanged(List.of(KEY), values -> appending("2")))
                        .reason())
                .isEqualTo(Reason.UNREACHABLE);
    }
}
