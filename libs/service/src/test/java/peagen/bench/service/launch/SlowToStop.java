package peagen.bench.service.launch;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import peagen.bench.service.settings.Setting;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.settings.SettingsSpec;
import peagen.bench.service.syntax.Syntax;

/** A daemon for {@link LauncherE2E} that takes a given time to drain. */
final class SlowToStop implements ServiceProgram {

    private static final Setting<Duration> DRAIN =
            Setting.of("drain", "how long stopping takes", Syntax.duration()).defaultsTo(Duration.ofMillis(200));

    public static void main(String[] args) {
        Launcher.run(new SlowToStop(), args);
    }

    @Override
    public SettingsSpec spec() {
        return SettingsSpec.of("slow", "takes its time").with(DRAIN);
    }

    @Override
    public Future<RunningService> start(Vertx vertx, Settings settings) {
        return Future.succeededFuture(() -> vertx.timer(settings.get(DRAIN).toMillis())
                .onSuccess(now -> System.err.println("drained"))
                .mapEmpty());
    }
}
