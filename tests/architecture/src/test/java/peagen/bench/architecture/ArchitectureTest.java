package peagen.bench.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds every shipped class to every rule. */
class ArchitectureTest {

    private static final JavaClasses SHIPPED =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(Room.HOUSE);

    @ParameterizedTest
    @EnumSource
    void holds(HouseRule rule) {
        rule.rule().check(SHIPPED);
    }

    /** A rule about a room that was never read would hold for ever. */
    @ParameterizedTest
    @EnumSource
    void readsEveryRoom(Room room) {
        assertThat(SHIPPED.stream().filter(room::holds)).hasSizeGreaterThan(1);
    }
}
