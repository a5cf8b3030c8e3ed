package peagen.bench.measurement.judging;

import java.util.HashSet;
import java.util.List;

/**
 * The targets of one profile.
 *
 * @param name name of the profile: {@code v0.9}, {@code v1.0}, {@code smoke}, …
 * @param version version of the gate file's contents
 * @param provesChainOnly whether a pass only proves that the chain works, and no target
 * @param targets every target, ids distinct
 */
public record Gate(String name, String version, boolean provesChainOnly, List<Target> targets) {

    /** Copies the list; rejects ids that occur twice. */
    public Gate {
        targets = List.copyOf(targets);
        List<String> ids = targets.stream().map(Target::id).toList();
        if (new HashSet<>(ids).size() < ids.size()) {
            throw new IllegalArgumentException("gate " + name + ": got targets " + ids + ", expected each id once");
        }
    }

    /** The length of the first target's throughput window, s; 60 when no target has one. */
    int windowSeconds() {
        return targets.stream()
                .map(Target::statistic)
                .filter(Statistic.MinWindow.class::isInstance)
                .map(Statistic.MinWindow.class::cast)
                .mapToInt(Statistic.MinWindow::seconds)
                .findFirst()
                .orElse(60);
    }
}
