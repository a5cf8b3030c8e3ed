package peagen.bench.streams.stub;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.CallerPromise;
import peagen.bench.streams.StreamBroker.GroupRead;

/** A read that waits for a first entry. Guarded by the store's lock. */
final class BlockedRead {

    private final Vertx vertx;
    private final StubBroker owner;
    private final GroupRead read;
    private final CallerPromise<List<StreamEntry>> answer;
    private final long timer;

    /** @param timeOut what to do when the block time has passed */
    BlockedRead(
            Vertx vertx,
            StubBroker owner,
            GroupRead read,
            CallerPromise<List<StreamEntry>> answer,
            Consumer<BlockedRead> timeOut) {
        this.vertx = vertx;
        this.owner = owner;
        this.read = read;
        this.answer = answer;
        this.timer = vertx.setTimer(Math.max(1, read.block().toMillis()), passed -> timeOut.accept(this));
    }

    StubBroker owner() {
        return owner;
    }

    GroupRead read() {
        return read;
    }

    void answer(List<StreamEntry> entries) {
        vertx.cancelTimer(timer);
        answer.complete(entries);
    }
}
