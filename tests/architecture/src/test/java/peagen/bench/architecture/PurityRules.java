package peagen.bench.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;

/** What pure code leaves alone: frameworks, the outside world, and the time of day. */
final class PurityRules {

    private static final String[] PURE = {
        Room.HOUSE + "..domain..", Room.CONTRACT.packages(), Room.MEASUREMENT.packages()
    };

    /** Types of the input/output packages that stay in memory, and names of things outside that do not touch them. */
    private static final Set<String> VALUES = Set.of(
            ByteArrayInputStream.class.getName(),
            ByteArrayOutputStream.class.getName(),
            InputStream.class.getName(),
            OutputStream.class.getName(),
            Serializable.class.getName(),
            StringReader.class.getName(),
            StringWriter.class.getName(),
            Path.class.getName(),
            URI.class.getName(),
            URLDecoder.class.getName(),
            URLEncoder.class.getName());

    private static final Set<String> LEAVES_MEMORY = Set.of("toFile", "toRealPath", "register");

    private PurityRules() {}

    static ArchRule noFramework() {
        return noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx..", "io.netty..", "org.slf4j..", "ch.qos.logback..", "java.util.logging..");
    }

    static ArchRule noInputOutput() {
        return noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(describe("do input or output", PurityRules::isOutside))
                .orShould()
                .accessTargetWhere(describe(
                        "a path is taken to the disk",
                        access -> access.getTargetOwner().isEquivalentTo(Path.class)
                                && LEAVES_MEMORY.contains(access.getTarget().getName())));
    }

    private static boolean isOutside(JavaClass type) {
        JavaClass bare = type.getBaseComponentType();
        String home = bare.getPackageName();
        boolean suspect = home.equals("java.io")
                || home.startsWith("java.net")
                || home.startsWith("java.nio.file")
                || home.startsWith("java.nio.channels");
        return suspect && !VALUES.contains(bare.getName()) && !bare.isAssignableTo(Throwable.class);
    }

    /** A clock that was handed in may be read; method references count as reading. */
    static ArchRule noClock() {
        return noClasses().that().resideInAnyPackage(PURE).should().accessTargetWhere(READS_THE_CLOCK);
    }

    private static final DescribedPredicate<JavaAccess<?>> READS_THE_CLOCK =
            describe("the time of day is read", access -> {
                JavaClass owner = access.getTargetOwner();
                String name = access.getTarget().getName();
                if (owner.isEquivalentTo(System.class)) {
                    return name.equals("currentTimeMillis") || name.equals("nanoTime");
                }
                if (!owner.getPackageName().startsWith("java.time")) {
                    return false;
                }
                return name.startsWith("system")
                        || ((name.startsWith("tick") || name.equals("now")) && !takesClock(access));
            });

    private static boolean takesClock(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
    }
}
