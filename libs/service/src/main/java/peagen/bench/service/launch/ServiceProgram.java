package peagen.bench.service.launch;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.settings.SettingsSpec;

/** What a service tells {@link Launcher} about itself. */
public interface ServiceProgram {

    /** Its name, settings and help. {@code log-level} and {@code log-format} are added by the launcher. */
    SettingsSpec spec();

    /**
     * Starts the service. Called once, outside any Vert.x context; must not block.
     *
     * @param vertx closed by the launcher, after {@link RunningService#stop}
     * @param settings all sound
     * @return fails with a message of one line, or with a {@link UserFacing} exception, when the user has to do something; the
     *     service has then left nothing behind that closing Vert.x does not clear
     */
    Future<RunningService> start(Vertx vertx, Settings settings);

    /** Makes the Vert.x to run on; a plain one unless overridden. */
    default Vertx vertx(Settings settings) {
        return Vertx.vertx();
    }
}
