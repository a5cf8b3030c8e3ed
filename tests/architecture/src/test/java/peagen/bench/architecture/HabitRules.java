package peagen.bench.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/** What nobody in the house does, and what only few do. */
final class HabitRules {

    private static final String LAUNCHER = Room.SERVICE.root() + ".launch..";
    private static final Set<String> ENDINGS = Set.of("exit", "halt");

    private HabitRules() {}

    /** Such names say that nobody knew what the thing is. */
    static ArchRule tellingNames() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)")
                .orShould()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..helper..");
    }

    static ArchRule nullMarked() {
        return classes().should(new ArchCondition<>("lie in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage()
                        .tryGetPackageInfo()
                        .map(info -> info.isAnnotatedWith(NullMarked.class))
                        .orElse(false);
                String line = type.getFullName() + ": package " + type.getPackageName() + (marked ? " is" : " is not")
                        + " @NullMarked";
                events.add(new SimpleConditionEvent(type, marked, line));
            }
        });
    }

    static ArchRule noMutableStatics() {
        return fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(SYNTHETIC)
                .should()
                .beFinal();
    }

    /** Everybody else answers with a value or a failed future: only who began the process knows that it is over. */
    static ArchRule onlyMainsExit() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(LAUNCHER)
                .and(describe("are no entrance", type -> !isEntrance(type)))
                .should()
                .accessTargetWhere(describe("the process ends", HabitRules::endsProcess));
    }

    private static boolean isEntrance(JavaClass type) {
        String entrance = type.getName().replaceFirst("\\$.*", "");
        return entrance.equals(Room.RUNNER.root() + ".Bench")
                || entrance.matches("peagen\\.bench\\.[a-z]+\\.[A-Za-z]*Main");
    }

    private static boolean endsProcess(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return (owner.isEquivalentTo(System.class) || owner.isEquivalentTo(Runtime.class))
                && ENDINGS.contains(access.getTarget().getName());
    }

    /** Services log; only what people start by hand prints. */
    static ArchRule onlyRunnerPrints() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(Room.RUNNER.packages(), LAUNCHER)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessTargetWhere(describe(
                        "a stack trace is printed",
                        access -> access.getTargetOwner().isAssignableTo(Throwable.class)
                                && access.getTarget().getName().equals("printStackTrace")));
    }

    static ArchRule nobodySleeps() {
        return noClasses()
                .should()
                .accessTargetWhere(describe(
                        "a thread sleeps",
                        access -> access.getTarget().getName().equals("sleep")
                                && (access.getTargetOwner().isAssignableTo(Thread.class)
                                        || access.getTargetOwner().isAssignableTo(TimeUnit.class))));
    }
}
