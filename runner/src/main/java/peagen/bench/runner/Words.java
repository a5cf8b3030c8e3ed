package peagen.bench.runner;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.runner.conformance.domain.Point;
import peagen.bench.runner.domain.RunSpec.Services;
import peagen.bench.runner.edge.BadInput;

/** The words that a shell completes; the completion script holds those of the day when it was generated. */
final class Words {

    private Words() {}

    /** The names of the scenarios. */
    static final class Scenarios implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            try {
                return BenchHome.current().scenarioNames().iterator();
            } catch (BadInput noScenarios) {
                return List.<String>of().iterator();
            }
        }
    }

    /** The names of the gates. */
    static final class Gates implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return GateFiles.shipped().names().iterator();
        }
    }

    /** Where services may live. */
    static final class Places implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Services.values()).map(Services::label).iterator();
        }
    }

    /** The points of a conformance check. */
    static final class Points implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Point.labels().iterator();
        }
    }

    /** Where streams may live, but for addresses. */
    static final class Redis implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("embedded", "stub").iterator();
        }
    }
}
