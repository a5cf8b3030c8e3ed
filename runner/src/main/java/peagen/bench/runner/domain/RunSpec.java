package peagen.bench.runner.domain;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.event.Replication;
import peagen.bench.loadgenerator.domain.RunRequest;
import peagen.bench.streams.BrokerAddress;

/**
 * A run as it was asked for, every default filled in.
 *
 * @param request the run itself
 * @param scenarioFile where its scenario was read
 * @param redis where the streams live
 * @param services whether the services share one JVM or are processes of their own
 * @param overrides settings of the load generator that differ from the scenario's file, as flags
 * @param gates the folder of the gate file, when it is not one of those that are shipped
 * @param out the folder that gets a folder for the run
 * @param command how the user asked for it
 * @param worker the user's own worker, in the place of the reference workers
 */
public record RunSpec(
        RunRequest request,
        Path scenarioFile,
        BrokerAddress redis,
        Services services,
        List<String> overrides,
        Optional<Path> gates,
        Path out,
        List<String> command,
        Optional<OwnWorker> worker) {

    /**
     * A worker in any language.
     *
     * @param command a program and its arguments
     * @param count how many processes of it are to be alive
     */
    public record OwnWorker(List<String> command, int count) {

        /** Copies the list. */
        public OwnWorker {
            command = List.copyOf(command);
        }
    }

    /** Where the services live. */
    public enum Services {
        /** All in one JVM, connected through streams alone all the same. */
        IN_PROCESS("in-process"),
        /** Each an operating system process started from {@code bin/}. */
        PROCESSES("processes");

        private final String label;

        Services(String label) {
            this.label = label;
        }

        /** How it is written. */
        public String label() {
            return label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /** Copies the lists. */
    public RunSpec {
        overrides = List.copyOf(overrides);
        command = List.copyOf(command);
    }

    /** This as one of several runs that are judged together: {@code ID-1}, {@code ID-2}, … of the set {@code ID}. */
    public RunSpec replicate(int number, int of) {
        String set = request.runId();
        return new RunSpec(
                request.replicating(set + "-" + number, new Replication(set, number, of)),
                scenarioFile,
                redis,
                services,
                overrides,
                gates,
                out,
                command,
                worker);
    }

    /** The folder of this run. */
    public Path folder() {
        return out.resolve(request.runId());
    }
}
