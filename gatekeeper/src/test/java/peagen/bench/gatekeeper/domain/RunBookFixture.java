package peagen.bench.gatekeeper.domain;

import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.SampleRun;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.measurement.judging.Judge;

/** A book of runs and what is written into it. */
abstract class RunBookFixture {

    static final long START = 1_700_000_000_000_000L;
    static final Fields GARBAGE = Fields.builder().put("foo", "bar").build();

    final StreamNames streams = StreamNames.peagen();
    final SampleRun run = new SampleRun("run-1", "smoke", START);
    final RunBook book = newBook();
    long now = START;
    private long ids = 100;

    RunBook newBook() {
        return new RunBook(streams, "gatekeeper-1", Patience.defaults());
    }

    Taken control(long id, Fields fields) {
        return book.take(Source.CONTROL, entry(id, fields), now);
    }

    Taken metrics(long id, Fields fields) {
        return book.take(Source.METRICS, entry(id, fields), now);
    }

    long nextId() {
        return ids++;
    }

    static StreamEntry entry(long id, Fields fields) {
        return new StreamEntry(id(id), fields);
    }

    static EntryId id(long id) {
        return new EntryId(START / 1000 + id, 0);
    }

    static long seconds(long seconds) {
        return seconds * 1_000_000;
    }

    static Verdict verdict(RipeRun ripe) {
        return Judge.judge(
                GateFiles.shipped().named("smoke"), ripe.plan().orElseThrow(), ripe.closed(), ripe.aggregate(), 1);
    }
}
