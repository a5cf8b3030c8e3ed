package peagen.bench.runner.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;
import peagen.bench.loadgenerator.LoadGenerator;
import peagen.bench.loadgenerator.domain.RunRequest;
import peagen.bench.streams.outbox.ServiceLink;

/** A load generator on a context of its own inside this JVM. */
final class Generation extends VerticleBase {

    private final ServiceLink link;
    private final RunRequest request;
    private final Promise<Void> over = Promise.promise();
    private volatile @Nullable LoadGenerator generator;
    private volatile @Nullable String interruption;

    Generation(ServiceLink link, RunRequest request) {
        this.link = link;
        this.request = request;
    }

    @Override
    public Future<?> start() {
        LoadGenerator made = new LoadGenerator(vertx, link.broker(), link.producer(), link.clock(), request);
        generator = made;
        String already = interruption;
        if (already != null) {
            made.interrupt(already);
        }
        made.run().<Void>mapEmpty().onComplete(over);
        return Future.succeededFuture();
    }

    Future<Void> over() {
        return over.future();
    }

    void interrupt(String reason) {
        interruption = reason;
        LoadGenerator running = generator;
        if (running != null) {
            running.interrupt(reason);
        }
    }
}
