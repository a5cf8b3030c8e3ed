package peagen.bench.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.EnumSet;
import java.util.Set;

/** The modules, by the package that each of them owns. */
enum Room {
    CONTRACT("contract"),
    MEASUREMENT("measurement"),
    STREAMS("streams"),
    SERVICE("service"),
    LOAD_GENERATOR("loadgenerator"),
    PROBE_AGENT("probeagent"),
    COLLECTOR("collector"),
    GATEKEEPER("gatekeeper"),
    WORKER("worker"),
    RUNNER("runner");

    /** Where everything lies. */
    static final String HOUSE = "peagen.bench";

    private final String root;

    Room(String name) {
        this.root = HOUSE + "." + name;
    }

    /** The rooms that this one may know. */
    private Set<Room> below() {
        return switch (this) {
            case CONTRACT -> EnumSet.noneOf(Room.class);
            case MEASUREMENT, STREAMS, SERVICE -> EnumSet.of(CONTRACT);
            case LOAD_GENERATOR, PROBE_AGENT, COLLECTOR, GATEKEEPER, WORKER ->
                EnumSet.of(CONTRACT, MEASUREMENT, STREAMS, SERVICE);
            case RUNNER -> EnumSet.complementOf(EnumSet.of(RUNNER));
        };
    }

    /** The package that holds the room's entrance: {@code Main}, the config record, the composition root. */
    String root() {
        return root;
    }

    /** Every package of the room, as ArchUnit writes it. */
    String packages() {
        return root + "..";
    }

    boolean holds(JavaClass type) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    /** The packages of every room that this one must not know. */
    String[] closedTo() {
        Set<Room> closed = EnumSet.complementOf(EnumSet.of(this));
        closed.removeAll(below());
        return closed.stream().map(Room::packages).toArray(String[]::new);
    }

    static String[] allPackages() {
        return EnumSet.allOf(Room.class).stream().map(Room::packages).toArray(String[]::new);
    }
}
