package peagen.bench.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;

/** Waits for futures, and writes and reads small entries. */
public final class Answers {

    private Answers() {}

    public static <T> T answerOf(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    public static BrokerException failureOf(Future<?> future) {
        Throwable failure = catchThrowable(() -> answerOf(future));
        assertThat(failure).isInstanceOf(BrokerException.class);
        return (BrokerException) failure;
    }

    public static Fields entry(String value) {
        return Fields.of("data", value.getBytes(StandardCharsets.UTF_8));
    }

    /** Entries that hold {@code 0}, {@code 1}, … {@code count - 1}. */
    public static List<Fields> numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> entry(Integer.toString(i)))
                .toList();
    }

    public static List<String> valuesOf(List<StreamEntry> entries) {
        return entries.stream()
                .map(entry -> entry.fields().text("data").orElse(""))
                .toList();
    }

    public static List<EntryId> idsOf(List<StreamEntry> entries) {
        return entries.stream().map(StreamEntry::id).toList();
    }

    public static StreamBroker.GroupRead read(String stream, String group, String consumer, int count) {
        return new StreamBroker.GroupRead(stream, group, consumer, count, Duration.ZERO);
    }
}
