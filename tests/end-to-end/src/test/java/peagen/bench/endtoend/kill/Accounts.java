package peagen.bench.endtoend.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import peagen.bench.contract.task.TaskIds;
import peagen.bench.endtoend.kill.Diary.Deed;
import peagen.bench.endtoend.kill.Diary.Line;
import peagen.bench.measurement.ledger.Ledger;
import peagen.bench.measurement.ledger.LedgerTotals;

/** One run seen three times: in its ledger, in the result stream, and in the workers' diaries. */
final class Accounts {

    final Ledger ledger;
    final Map<String, Set<String>> results;
    final List<Line> diary;
    private final TaskIds ids;

    /**
     * @param results of all runs, by task id
     * @param diary of all runs
     */
    Accounts(String runId, Ledger ledger, Map<String, Set<String>> results, List<Line> diary) {
        this.ids = TaskIds.ofRun(runId);
        this.ledger = ledger;
        String run = ids.id(0).substring(0, 16);
        this.results = results.entrySet().stream()
                .filter(task -> task.getKey().startsWith(run))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        this.diary = diary.stream().filter(line -> line.task().startsWith(run)).toList();
    }

    LedgerTotals totals() {
        return ledger.totals();
    }

    /** The tasks that the ledger says were executed more than once. */
    Set<String> twiceInLedger() {
        return ledger.executedTwice().mapToObj(ids::id).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The tasks of which Redis took the results of several executions. */
    Set<String> twiceInResults() {
        return several(results);
    }

    /** The tasks of which {@code deed} was written down for several executions. */
    Set<String> twiceInDiary(Deed deed) {
        return several(executions(deed));
    }

    /** The executions that {@code deed} was written down for, by task id. */
    Map<String, Set<String>> executions(Deed deed) {
        Map<String, Set<String>> executions = new HashMap<>();
        for (Line line : diary) {
            if (line.deed() == deed) {
                executions
                        .computeIfAbsent(line.task(), first -> new HashSet<>())
                        .add(line.execution());
            }
        }
        return executions;
    }

    private static Set<String> several(Map<String, Set<String>> executions) {
        return executions.entrySet().stream()
                .filter(task -> task.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What holds in write-ahead mode on a Redis that forgets nothing, after the farm has finished. */
    void assertExact() {
        LedgerTotals totals = totals();
        assertThat(totals.enqueued())
                .as("enqueued = completed + failed + dead-lettered + outstanding in %s", totals)
                .isEqualTo(totals.completed() + totals.failed() + totals.deadLettered() + totals.outstanding());
        assertThat(totals.unobserved()).as("unobserved in %s", totals).isZero();
        assertThat(totals.outstanding()).as("outstanding in %s", totals).isZero();
        assertThat(totals.enqueuedTwice()).as("enqueued twice in %s", totals).isZero();
        assertThat(totals.enqueued()).as("tasks with a result").isEqualTo(results.size());
        assertThat(twiceInLedger()).as("what ran twice").isEqualTo(twiceInResults());
        assertThat(twiceInLedger()).containsAll(twiceInDiary(Deed.ANSWERED));
        assertThat(twiceInDiary(Deed.EXECUTED)).containsAll(twiceInLedger());
        executions(Deed.ANSWERED)
                .forEach((task, answered) ->
                        assertThat(results.get(task)).as("results of %s", task).containsAll(answered));
    }

    @Override
    public String toString() {
        return "%s; twice: %d in the ledger, %d in the results; diaries: %d to %d"
                .formatted(
                        totals(),
                        twiceInLedger().size(),
                        twiceInResults().size(),
                        twiceInDiary(Deed.ANSWERED).size(),
                        twiceInDiary(Deed.EXECUTED).size());
    }
}
