package peagen.bench.service.toml;

import java.util.ArrayList;
import java.util.List;

/** Collects the problems of one file until it is closed; from then on nothing that follows from an earlier problem is added. */
final class Notes {

    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private boolean open = true;

    Notes(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    void add(Spot spot, String key, String message) {
        if (open) {
            problems.add(new Problem(file, spot.line(), spot.column(), key, message));
        }
    }

    void close() {
        open = false;
    }

    boolean open() {
        return open;
    }

    List<Problem> problems() {
        return problems;
    }

    /** Takes notes that nobody reads: for what stands below something already reported. */
    Notes silent() {
        Notes silent = new Notes(file);
        silent.close();
        return silent;
    }
}
