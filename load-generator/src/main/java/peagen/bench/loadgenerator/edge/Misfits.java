package peagen.bench.loadgenerator.edge;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import peagen.bench.loadgenerator.domain.FarmPlan;
import peagen.bench.loadgenerator.domain.Scenario;
import peagen.bench.service.syntax.Quoted;
import peagen.bench.service.syntax.Syntax;
import peagen.bench.service.toml.TomlSection;

/** What stands in a scenario that is sound by itself and does not fit what is around it. */
final class Misfits {

    private static final String SUFFIX = ".toml";

    private Misfits() {}

    /** Rejects them at {@code root}, the top of the file at {@code path}, which reads as {@code scenario}. */
    static void note(TomlSection root, Scenario scenario, Path path, Collection<String> targets) {
        root.text("name").optional().ifPresent(name -> isTheNameOfTheFile(root, name, path));
        root.values("measures", oneOf(targets));
        FarmPlan farm = scenario.farm();
        if (farm.claimBatch() > farm.concurrency()) {
            root.table("farm")
                    .reject(
                            "claim-batch",
                            "got " + farm.claimBatch() + ", expected no more than concurrency, " + farm.concurrency()
                                    + ": a worker never claims more than it has room for");
        }
    }

    private static void isTheNameOfTheFile(TomlSection root, String name, Path path) {
        String file = String.valueOf(path.getFileName());
        String expected = file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
        if (!name.equals(expected)) {
            root.reject(
                    "name",
                    "got " + Quoted.of(name) + ", expected " + Quoted.of(expected)
                            + ", as the file is called: scenarios are found by the one and reported by the other");
        }
    }

    /** Exactly, unlike a choice: a target is measured when its id is the same to the letter. */
    private static Syntax<String> oneOf(Collection<String> targets) {
        return new Syntax<>(
                "TARGET",
                "the id of a target of a gate (bench explain GATE)",
                id -> Optional.of(id).filter(targets::contains),
                id -> id,
                List.copyOf(targets),
                Optional.empty());
    }
}
