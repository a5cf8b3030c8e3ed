package peagen.bench.gatekeeper.github.domain;

/** In which ways GitHub is told. Each is delivered, given up and shown among the dead letters under its id. */
public enum Channel {
    /** The state of a commit. */
    STATUS("github-status"),
    /** A check run on a commit; GitHub takes it from an App alone. */
    CHECK("github-check"),
    /** The event {@code repository_dispatch}, which starts workflows. */
    DISPATCH("github-dispatch");

    /** What the ids of all channels begin with, and of nothing else. */
    public static final String PREFIX = "github-";

    private final String id;

    Channel(String id) {
        this.id = id;
    }

    /** The id in whose name it is delivered. */
    public String id() {
        return id;
    }
}
