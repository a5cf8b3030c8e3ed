package peagen.bench.probeagent.domain.envelope;

import java.util.List;
import java.util.Optional;
import peagen.bench.contract.Phase;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskTag;

/**
 * The quick way to read the house's own envelopes: what a well-behaved writer writes, in any order, at a fifth of the price of
 * reading it thoroughly. Empty where that is not what was found; then it has to be read thoroughly.
 */
final class PeagenGlance {

    private static final int LEAST_ID = 16;
    private static final int MOST_KIND = 64;
    private static final long MOST_SEQUENCES = 0xffff_ffffL;
    private static final int TASK_KEYS = 0b111_1111;
    private static final String ERROR = "error";
    private static final List<String> STATUSES = List.of("ok", ERROR, "skip");
    private static final List<String> KINDS = List.of("execute", "evaluate", "mutate", "render");
    private static final List<Phase> PHASES = List.of(Phase.values());

    private String kind = "";
    private String id = "";
    private Optional<TaskTag> tag = Optional.empty();
    private long attempts;
    private int seen;
    private boolean odd;

    private PeagenGlance() {}

    /** The task; empty when it has to be read thoroughly. */
    static Optional<SeenTask> task(byte[] json) {
        PeagenGlance task = new PeagenGlance();
        JsonGlance glance = new JsonGlance(json);
        glance.open();
        for (boolean first = true; glance.nextKey(first); first = false) {
            task.member(glance);
        }
        return glance.failed() || !glance.atEnd() || !task.isUsual()
                ? Optional.empty()
                : Optional.of(new SeenTask(task.id, task.kind, (int) task.attempts, task.tag));
    }

    private void member(JsonGlance glance) {
        if (glance.is("kind")) {
            once(1);
            kind = glance.text(KINDS);
        } else if (glance.is("id")) {
            once(2);
            id = glance.text();
        } else if (glance.is("payload")) {
            once(4);
            payload(glance);
        } else if (glance.is("requires")) {
            once(8);
            glance.skip();
        } else if (glance.is("attempts")) {
            once(16);
            attempts = glance.number();
        } else if (glance.is("created_at")) {
            once(32);
            glance.string();
            odd |= glance.isEmpty();
        } else if (glance.is("schema_v")) {
            once(64);
            odd |= glance.number() != TaskEnvelope.SCHEMA_VERSION;
        } else {
            odd = true;
            glance.skip();
        }
    }

    private void once(int key) {
        odd |= (seen & key) != 0;
        seen |= key;
    }

    private boolean isUsual() {
        boolean hex = id.length() >= LEAST_ID;
        for (int i = 0; i < id.length(); i++) {
            char digit = id.charAt(i);
            hex &= (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
        }
        return !odd
                && hex
                && seen == TASK_KEYS
                && attempts <= Integer.MAX_VALUE
                && !kind.isEmpty()
                && kind.length() <= MOST_KIND
                && kind.indexOf(',') < 0;
    }

    private void payload(JsonGlance glance) {
        odd |= !glance.atObject();
        glance.open();
        for (boolean first = true; glance.nextKey(first); first = false) {
            if (glance.is(TaskTag.PAYLOAD_KEY)) {
                odd |= tag.isPresent() || !glance.atObject();
                tag(glance);
            } else {
                glance.skip();
            }
        }
    }

    /** A tag that is not the load generator's own is left to the thorough. */
    private void tag(JsonGlance glance) {
        String run = "";
        long sequence = -1;
        long due = -1;
        Optional<Phase> phase = Optional.empty();
        glance.open();
        for (boolean first = true; glance.nextKey(first); first = false) {
            if (glance.is("run")) {
                run = glance.text();
            } else if (glance.is("seq")) {
                sequence = glance.number();
            } else if (glance.is("due_us")) {
                due = glance.number();
            } else if (glance.is("phase")) {
                phase = phase(glance);
            } else {
                odd = true;
                glance.skip();
            }
        }
        if (run.isEmpty() || sequence < 0 || sequence > MOST_SEQUENCES || due < 0 || phase.isEmpty()) {
            odd = true;
        } else {
            tag = Optional.of(new TaskTag(run, sequence, due, phase.get()));
        }
    }

    private static Optional<Phase> phase(JsonGlance glance) {
        glance.string();
        for (int i = 0; i < PHASES.size(); i++) {
            if (glance.is(PHASES.get(i).label())) {
                return Optional.of(PHASES.get(i));
            }
        }
        return Optional.empty();
    }

    /** The id that a task has if it is one; empty when it has to be read to know. */
    static Optional<String> taskId(byte[] json) {
        JsonGlance glance = new JsonGlance(json);
        glance.open();
        for (boolean first = true; glance.nextKey(first); first = false) {
            if (glance.is("id")) {
                String id = glance.text();
                return id.isEmpty() ? Optional.empty() : Optional.of(id);
            }
            glance.skip();
        }
        return Optional.empty();
    }

    /** The result; empty when it has to be read thoroughly. */
    static Optional<SeenResult> result(byte[] json) {
        JsonGlance glance = new JsonGlance(json);
        String task = "";
        String status = "";
        boolean measures = false;
        glance.open();
        for (boolean first = true; glance.nextKey(first); first = false) {
            if (glance.is("task_id")) {
                task = glance.text();
            } else if (glance.is("status")) {
                status = glance.text(STATUSES);
            } else if (glance.is("data")) {
                measures |= measures(glance);
            } else {
                glance.skip();
            }
        }
        boolean usual = !glance.failed() && glance.atEnd() && !task.isEmpty();
        return usual && STATUSES.contains(status)
                ? Optional.of(
                        new SeenResult(task, status.equals(ERROR), measures ? Measurement.of(json) : Optional.empty()))
                : Optional.empty();
    }

    /** Whether there is anything to measure in a result's data. */
    private static boolean measures(JsonGlance glance) {
        if (!glance.atObject()) {
            glance.skip();
            return false;
        }
        boolean measures = false;
        glance.open();
        for (boolean first = true; glance.nextKey(first); first = false) {
            measures |= glance.is("speed_ms") || glance.is("prompt_tokens") || glance.is("completion_tokens");
            glance.skip();
        }
        return measures;
    }
}
