package peagen.bench.runner.conformance.edge;

import java.nio.file.Path;
import java.util.List;
import peagen.bench.runner.conformance.domain.Defect;

/** The example workers of this repository. */
final class Workers {

    private static final Path FOLDER =
            Path.of("../benchmarks/workers").toAbsolutePath().normalize();

    private Workers() {}

    /** Debian's own interpreter: the one that finds python3-redis. */
    static List<String> python() {
        return List.of("/usr/bin/python3", FOLDER.resolve("python/worker.py").toString());
    }

    static List<String> node() {
        return List.of("node", FOLDER.resolve("node/worker.js").toString());
    }

    static List<String> defective(Defect defect) {
        return List.of(
                "env",
                "DEFECT=" + defect.label(),
                "/usr/bin/python3",
                FOLDER.resolve("defective/worker.py").toString());
    }
}
