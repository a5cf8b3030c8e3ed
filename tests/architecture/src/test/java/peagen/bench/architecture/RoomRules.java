package peagen.bench.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;

/** Who may know whom. */
final class RoomRules {

    private RoomRules() {}

    /** contract ← measurement ← services; streams and service know contract alone; only the runner knows services. */
    static ArchRule onlyRoomsBelow() {
        return CompositeArchRule.of(Arrays.stream(Room.values())
                .filter(room -> room.closedTo().length > 0)
                .map(RoomRules::knowsNoneAbove)
                .toList());
    }

    private static ArchRule knowsNoneAbove(Room room) {
        return noClasses()
                .that()
                .resideInAPackage(room.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(room.closedTo());
    }

    /** A new module has to take its place in {@link Room}, where its neighbours can see it. */
    static ArchRule everyClassInARoom() {
        return classes().that().resideInAPackage(Room.HOUSE + "..").should().resideInAnyPackage(Room.allPackages());
    }

    /** The probe's proxy reads Redis' protocol off the wire, so its edge is the one exception. */
    static ArchRule oneDoorToRedis() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(Room.STREAMS.packages(), Room.PROBE_AGENT.root() + ".edge..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.redis..", "redis.embedded..");
    }

    /**
     * No package of a module depends, by whatever detour, on one that depends on it.
     *
     * <p>A root package counts as two: what its module is put together with ({@code Main}, the verticle, {@code Brokers})
     * stands above the module's other packages, and what they share stands below them. In a service that is the config record;
     * in {@code streams} it is everything but {@code Brokers}.
     */
    static ArchRule noCycles() {
        return slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return type.getPackageName().startsWith(Room.HOUSE + ".")
                                ? SliceIdentifier.of(sliceOf(type))
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "the packages of each module";
                    }
                })
                .should()
                .beFreeOfCycles();
    }

    private static String sliceOf(JavaClass type) {
        String name = type.getName().replaceFirst("\\$.*", "");
        String home = type.getPackageName();
        if (name.equals(Room.STREAMS.root() + ".Brokers")) {
            return home + " (composition)";
        }
        boolean inRoot =
                Arrays.stream(Room.values()).anyMatch(room -> room.root().equals(home));
        return inRoot && name.endsWith("Config") ? home + " (config)" : home;
    }
}
