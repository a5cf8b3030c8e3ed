package peagen.bench.gatekeeper;

import io.vertx.core.Future;
import java.util.Optional;
import peagen.bench.gatekeeper.edge.JudgeLoop;
import peagen.bench.gatekeeper.edge.Upkeep;

/** Everything that one gatekeeper at a time does, from when it may until it must not. Confined to one context. */
final class Duty {

    private final JudgeLoop loop;
    private final Upkeep upkeep;
    private final Optional<Memory> memory;
    private boolean begun;

    Duty(JudgeLoop loop, Upkeep upkeep, Optional<Memory> memory) {
        this.loop = loop;
        this.upkeep = upkeep;
        this.memory = memory;
    }

    Future<Void> begin() {
        return memory.map(Memory::takeIn)
                .orElseGet(Future::succeededFuture)
                .compose(taken -> {
                    begun = true;
                    return loop.start();
                })
                .onSuccess(reading -> {
                    upkeep.start();
                    memory.ifPresent(Memory::start);
                });
    }

    /** Completes when nothing more is done, and fails when something decided could not be said. */
    Future<Void> end() {
        Future<Void> left = begun ? upkeep.stop().compose(ended -> loop.stop()) : Future.<Void>succeededFuture();
        return left.eventually(() -> memory.map(Memory::stop).orElseGet(Future::succeededFuture));
    }

    boolean isReading() {
        return loop.isReading();
    }

    Optional<String> trouble() {
        return memory.flatMap(Memory::trouble);
    }
}
