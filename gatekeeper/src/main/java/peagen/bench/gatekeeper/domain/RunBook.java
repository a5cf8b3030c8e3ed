package peagen.bench.gatekeeper.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.contract.event.Quarantined;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunEvent.RunDeclared;
import peagen.bench.contract.event.RunEvent.StopRequested;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.domain.NeededEntries.Place;
import peagen.bench.gatekeeper.domain.Taken.Kind;
import peagen.bench.measurement.aggregate.RunAggregate;

/**
 * The fold over the control and the metrics stream: which runs are open, what was measured of each, which of them is ready to
 * be judged, and which entries are still needed for that. The order in which entries come does not matter, and one that comes
 * twice counts once; so reading the needed entries again, after a crash, leads to the same book.
 *
 * <p>An entry that cannot be read counts for the run that it names, or, when it names none, for every run that was open when it
 * was written. Deltas of run {@code -} count likewise.
 *
 * <p>Pure: time is handed in, in microseconds of the server's clock. Not thread-safe.
 */
public final class RunBook {

    private static final int JUDGED_REMEMBERED = 10_000;
    private static final int LONGEST_RUN_ID = 200;

    private final StreamNames streams;
    private final String producer;
    private final Patience patience;
    private final Map<String, OpenRun> runs = new TreeMap<>();
    private final LateWindow window;
    private final NeededEntries needed = new NeededEntries();
    private final RememberedIds judged = new RememberedIds(JUDGED_REMEMBERED);

    /** An empty book for {@code streams}, kept by {@code producer}. */
    public RunBook(StreamNames streams, String producer, Patience patience) {
        this.streams = streams;
        this.producer = producer;
        this.patience = patience;
        this.window = new LateWindow(patience);
    }

    /** Folds an entry of {@code source}. */
    public Taken take(Source source, StreamEntry entry, long nowMicros) {
        Place place = new Place(source, entry.id());
        if (needed.holds(place)) {
            return new Taken(Kind.KNOWN, Envelope.NO_RUN, "");
        }
        return source == Source.CONTROL ? control(place, entry, nowMicros) : metrics(place, entry, nowMicros);
    }

    private Taken control(Place place, StreamEntry entry, long nowMicros) {
        return switch (RunEvents.decode(entry.fields())) {
            case Decoded.Known<RunEvent>(RunDeclared event) ->
                event(place, event, nowMicros, (run, id) -> run.declare(id, event));
            case Decoded.Known<RunEvent>(RunClosed event) ->
                event(place, event, nowMicros, (run, id) -> run.close(id, event, nowMicros));
            case Decoded.Known<RunEvent>(StopRequested event) ->
                event(place, event, nowMicros, (run, id) -> run.askToStop());
            case Decoded.Known<RunEvent> ofNoConcern -> pass(place, Kind.PASSED, Envelope.NO_RUN, "");
            case Decoded<RunEvent> unreadable -> unreadable(place, entry, unreadable.problem(), nowMicros);
        };
    }

    private Taken event(Place place, RunEvent event, long nowMicros, BiPredicate<OpenRun, EntryId> change) {
        String runId = event.envelope().runId();
        if (judged.contains(runId)) {
            return pass(place, Kind.LATE, runId, "");
        }
        OpenRun run = runs.computeIfAbsent(runId, id -> new OpenRun(id, nowMicros));
        return change.test(run, place.id()) ? hold(place, List.of(runId), "") : pass(place, Kind.PASSED, runId, "");
    }

    private Taken metrics(Place place, StreamEntry entry, long nowMicros) {
        return switch (MetricsDelta.decode(entry.fields())) {
            case Decoded.Known<MetricsDelta>(MetricsDelta delta) ->
                switch (RunAggregate.ofDelta(delta)) {
                    case Decoded.Known<RunAggregate>(RunAggregate part) -> delta(place, delta, part, nowMicros);
                    case Decoded<RunAggregate> broken -> unreadable(place, entry, broken.problem(), nowMicros);
                };
            case Decoded<MetricsDelta> unreadable -> unreadable(place, entry, unreadable.problem(), nowMicros);
        };
    }

    private Taken delta(Place place, MetricsDelta delta, RunAggregate part, long nowMicros) {
        String runId = delta.envelope().runId();
        if (runId.equals(Envelope.NO_RUN)) {
            return malformedOfNoRun(place, delta.malformed(), "");
        }
        Optional<JudgedRun> late = window.taking(runId, place.id());
        if (late.isPresent()) {
            return holdLate(place, late.get(), part, nowMicros, new Taken(Kind.HELD_LATE, runId, ""));
        }
        Optional<Kind> refusal = refusal(runId);
        if (refusal.isPresent()) {
            return pass(place, refusal.get(), runId, "");
        }
        runs.computeIfAbsent(runId, id -> new OpenRun(id, nowMicros)).add(place.id(), part, nowMicros);
        return hold(place, List.of(runId), "");
    }

    private Taken unreadable(Place place, StreamEntry entry, String problem, long nowMicros) {
        String stream = place.source() == Source.CONTROL ? StreamNames.CONTROL : streams.metrics();
        needed.quarantineWhenSettled(place, Quarantined.entry(stream, place.id(), entry.fields(), problem, producer));
        String runId = entry.fields()
                .text("run")
                .filter(id -> !id.isBlank() && id.length() <= LONGEST_RUN_ID)
                .orElse(Envelope.NO_RUN);
        if (runId.equals(Envelope.NO_RUN)) {
            return malformedOfNoRun(place, 1, problem);
        }
        Optional<JudgedRun> late = window.taking(runId, place.id());
        if (late.isPresent()) {
            Taken taken = new Taken(Kind.HELD_LATE, runId, problem);
            return holdLate(place, late.get(), OpenRun.malformed(1), nowMicros, taken);
        }
        Optional<Kind> refusal = refusal(runId);
        if (refusal.isPresent()) {
            return pass(place, refusal.get(), runId, problem);
        }
        runs.computeIfAbsent(runId, id -> new OpenRun(id, nowMicros)).addMalformed(1);
        return hold(place, List.of(runId), problem);
    }

    private Taken malformedOfNoRun(Place place, long count, String problem) {
        List<String> affected = new ArrayList<>();
        runs.forEach((runId, run) -> {
            if (count > 0 && run.wasOpenAt(place.source(), place.id())) {
                run.addMalformed(count);
                affected.add(runId);
            }
        });
        return affected.isEmpty() ? pass(place, Kind.PASSED, Envelope.NO_RUN, problem) : hold(place, affected, problem);
    }

    /** Why nothing of the run is taken any more, if so. */
    private Optional<Kind> refusal(String runId) {
        if (judged.contains(runId)) {
            return Optional.of(Kind.LATE);
        }
        OpenRun known = runs.get(runId);
        boolean undeclared = known == null || !known.isDeclared();
        return undeclared && undeclaredEntries() >= patience.undeclaredEntries()
                ? Optional.of(Kind.TURNED_AWAY)
                : Optional.empty();
    }

    private int undeclaredEntries() {
        return runs.entrySet().stream()
                .filter(run -> !run.getValue().isDeclared())
                .mapToInt(run -> needed.countOf(run.getKey()))
                .sum();
    }

    private Taken hold(Place place, List<String> runIds, String problem) {
        needed.add(place, runIds);
        return new Taken(Kind.HELD, runIds.size() == 1 ? runIds.get(0) : Envelope.NO_RUN, problem);
    }

    private Taken holdLate(Place place, JudgedRun run, RunAggregate part, long nowMicros, Taken taken) {
        run.add(part, nowMicros);
        needed.add(place, List.of(taken.runId()));
        return taken;
    }

    private Taken pass(Place place, Kind kind, String runId, String problem) {
        needed.add(place, List.of());
        return new Taken(kind, runId, problem);
    }

    /** How many runs are declared and not judged. */
    public int openRuns() {
        return (int) runs.values().stream().filter(OpenRun::isDeclared).count();
    }

    /** The runs that go on and that nobody has asked to stop. */
    public List<GoingRun> going() {
        return runs.values().stream().flatMap(run -> run.going().stream()).toList();
    }

    /** The run has been asked to stop; what says so comes back on the control stream later. */
    public void askedToStop(String runId) {
        Optional.ofNullable(runs.get(runId)).ifPresent(OpenRun::askToStop);
    }

    /** Whether a run is closed and not ready, or judged and something came late: then what is on its way matters. */
    public boolean awaitsMore() {
        return runs.values().stream().anyMatch(OpenRun::isClosed) || window.awaitsJudgement();
    }

    /** How many entries of {@code source} open runs need. */
    public long needed(Source source) {
        return needed.count(source);
    }

    /**
     * Takes out the runs that are ready to be judged, in the order of their ids. Their entries stay needed until
     * {@link #said} or, where late entries are taken, {@link #leave}; what comes for them from now on is late.
     *
     * @param quiet whether nothing is on its way, as far as anybody can tell
     */
    public List<RipeRun> takeRipe(long nowMicros, boolean quiet) {
        List<RipeRun> ripe = runs.values().stream()
                .flatMap(run -> run.ripe(nowMicros, quiet, patience).stream())
                .toList();
        ripe.forEach(run -> {
            runs.remove(run.runId());
            judged.add(run.runId());
            if (window.isOpen()) {
                window.enter(run);
            }
        });
        return ripe;
    }

    /** The run has its first or a further verdict, said at {@code atMicros}: what it rests on is needed as long as late entries are taken. */
    public void said(Verdict verdict, long atMicros) {
        window.said(verdict.runId(), verdict, atMicros);
        releaseUnlessOpen(verdict.runId());
    }

    /** One that died before it acknowledged had said the verdict at {@code atMicros}: some of what was read may have come late. */
    public void found(Verdict verdict, long atMicros, long nowMicros) {
        window.found(verdict.runId(), verdict, atMicros, nowMicros);
        releaseUnlessOpen(verdict.runId());
    }

    private void releaseUnlessOpen(String runId) {
        if (!window.isOpen()) {
            needed.release(runId);
        }
    }

    /** The judged runs that are to be judged again, with what came late. */
    public List<LateJudgement> takeLate(long nowMicros, boolean quiet) {
        return window.due(nowMicros, quiet);
    }

    /** Lets judged runs go whose time is over, and the oldest of too many; answers the events of each that came in vain. */
    public Map<String, Long> leave(long nowMicros) {
        Map<String, Long> left = window.leave(nowMicros);
        left.keySet().forEach(needed::release);
        return left;
    }

    /** How many judged runs still take what comes late. */
    public int lateRuns() {
        return window.size();
    }

    /** The runs of which neither a declaration nor an end came. */
    public List<String> undeclared() {
        return undeclared(run -> true);
    }

    private List<String> undeclared(Predicate<OpenRun> which) {
        return runs.entrySet().stream()
                .filter(run -> run.getValue().isUndeclared() && which.test(run.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Lets go of runs that were never declared and of which only deltas came, a long time ago. */
    public List<Forgotten> forget(long nowMicros) {
        return undeclared(run -> run.isForgettable(nowMicros, patience)).stream()
                .map(this::drop)
                .toList();
    }

    /** Lets go of one of {@link #undeclared}, because it was judged before; what comes for it from now on is late. */
    public Forgotten forgetJudged(String runId) {
        judged.add(runId);
        return drop(runId);
    }

    private Forgotten drop(String runId) {
        runs.remove(runId);
        return new Forgotten(runId, needed.release(runId));
    }

    /** What no open run needs any more and was not answered before. */
    public Settled settled() {
        return needed.drain();
    }
}
