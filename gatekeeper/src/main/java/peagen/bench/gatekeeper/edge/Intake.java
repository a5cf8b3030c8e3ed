package peagen.bench.gatekeeper.edge;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.gatekeeper.domain.Forgotten;
import peagen.bench.gatekeeper.domain.RunBook;
import peagen.bench.gatekeeper.domain.Source;
import peagen.bench.gatekeeper.domain.Taken;
import peagen.bench.gatekeeper.domain.Taken.Kind;
import peagen.bench.gatekeeper.edge.Chronicle.Note;

/** Hands entries to the book, and says what is odd about them. Confined to one context. */
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final RunBook book;
    private final Owed owed;
    private final StreamNames streams;
    private final GatekeeperMeters meters;
    private final LongSupplier nowMicros;
    private final List<Note> notes = new ArrayList<>();

    Intake(RunBook book, Owed owed, StreamNames streams, GatekeeperMeters meters, LongSupplier nowMicros) {
        this.book = book;
        this.owed = owed;
        this.streams = streams;
        this.meters = meters;
        this.nowMicros = nowMicros;
    }

    String stream(Source source) {
        return source == Source.CONTROL ? StreamNames.CONTROL : streams.metrics();
    }

    void take(Source source, List<StreamEntry> entries) {
        for (StreamEntry entry : entries) {
            if (!owed.holds(source, entry.id())) {
                Taken taken = book.take(source, entry, nowMicros.getAsLong());
                report(source, entry, taken);
                if (source == Source.CONTROL && (taken.kind() == Kind.HELD || taken.kind() == Kind.PASSED)) {
                    note(entry);
                }
            }
        }
    }

    private void note(StreamEntry entry) {
        if (RunEvents.decode(entry.fields()) instanceof Decoded.Known<RunEvent>(RunEvent event)
                && (event instanceof RunEvent.RunDeclared || event instanceof RunEvent.RunClosed)) {
            notes.add(new Note(event, Instant.ofEpochMilli(entry.id().millis())));
        }
    }

    /** Writes down what happened to runs since it was done the last time; what fails is done with the next. */
    Future<Void> writeDown(Chronicle chronicle) {
        List<Note> now = List.copyOf(notes);
        return chronicle
                .keep(now)
                .map(kept -> {
                    notes.subList(0, now.size()).clear();
                    return now;
                })
                .mapEmpty();
    }

    /** Lets go of what nobody will ever need. */
    void forget() {
        for (Forgotten forgotten : book.forget(nowMicros.getAsLong())) {
            meters.undeclared(forgotten.entries());
            LOG.atWarn()
                    .addKeyValue("runId", forgotten.runId())
                    .addKeyValue("entries", forgotten.entries())
                    .log("run was never declared, its entries are let go");
        }
    }

    private void report(Source source, StreamEntry entry, Taken taken) {
        if (taken.unreadable()) {
            meters.unreadable();
            LOG.atWarn()
                    .addKeyValue("stream", stream(source))
                    .addKeyValue("entryId", entry.id())
                    .addKeyValue("problem", taken.problem())
                    .log("entry cannot be read");
        }
        switch (taken.kind()) {
            case HELD, HELD_LATE, PASSED, KNOWN -> {}
            case LATE -> {
                meters.late();
                odd(source, entry, taken, "entry comes after the verdict of its run and is not counted in");
            }
            case TURNED_AWAY -> {
                meters.undeclared(1);
                odd(source, entry, taken, "entry of a run that nobody declared, and too many are held already");
            }
        }
    }

    private void odd(Source source, StreamEntry entry, Taken taken, String what) {
        LOG.atInfo()
                .addKeyValue("runId", taken.runId())
                .addKeyValue("stream", stream(source))
                .addKeyValue("entryId", entry.id())
                .log(what);
    }
}
