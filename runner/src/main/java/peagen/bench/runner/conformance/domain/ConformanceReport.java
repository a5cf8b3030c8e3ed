package peagen.bench.runner.conformance.domain;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How a worker stands to every point, in the order of the points. */
public record ConformanceReport(List<Finding> findings) {

    /** Copies the list. */
    public ConformanceReport {
        findings = List.copyOf(findings);
    }

    /**
     * A report of {@code findings}. Where a point has several, the first that is not OK counts; where it has none it is not
     * seen, because of {@code missing}.
     *
     * @param without points that are left out
     */
    public static ConformanceReport of(List<Finding> findings, String missing, Set<Point> without) {
        Map<Point, Finding> byPoint = new EnumMap<>(Point.class);
        for (Finding finding : findings) {
            byPoint.merge(
                    finding.point(),
                    finding,
                    (earlier, later) -> earlier.state() == Finding.State.OK ? later : earlier);
        }
        return new ConformanceReport(Arrays.stream(Point.values())
                .filter(point -> !without.contains(point))
                .map(point -> byPoint.getOrDefault(point, point.notSeen(missing)))
                .toList());
    }

    /** FAIL where a point failed, else NOT_SEEN where one was not seen, else OK. */
    public Finding.State state() {
        return findings.stream()
                .map(Finding::state)
                .reduce(
                        Finding.State.OK,
                        (one, other) -> one.equals(Finding.State.FAIL) || other == Finding.State.OK ? one : other);
    }

    /** How many points are in {@code state}. */
    public long count(Finding.State state) {
        return findings.stream().filter(finding -> finding.state() == state).count();
    }

    /** Every known defect that was found. */
    public Set<Defect> defects() {
        Set<Defect> found = new TreeSet<>();
        findings.forEach(finding -> finding.defect().ifPresent(found::add));
        return found;
    }
}
