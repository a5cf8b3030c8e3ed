package peagen.bench.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.Locale;

/** Every rule that there is. */
enum HouseRule {
    ROOMS_KNOW_ONLY_ROOMS_BELOW_THEM,
    EVERY_CLASS_LIES_IN_A_ROOM,
    ONLY_STREAMS_KNOWS_THE_REDIS_CLIENT,
    PACKAGES_OF_A_MODULE_FORM_NO_CYCLE,
    PURE_CODE_KNOWS_NO_FRAMEWORK,
    PURE_CODE_DOES_NO_INPUT_OUTPUT,
    PURE_CODE_READS_NO_CLOCK,
    NAMES_TELL_WHAT_A_THING_IS,
    PACKAGES_ARE_NULL_MARKED,
    STATICS_ARE_FINAL,
    ONLY_MAINS_END_THE_PROCESS,
    ONLY_RUNNER_AND_LAUNCHER_PRINT,
    NOBODY_SLEEPS;

    ArchRule rule() {
        return switch (this) {
            case ROOMS_KNOW_ONLY_ROOMS_BELOW_THEM -> RoomRules.onlyRoomsBelow();
            case EVERY_CLASS_LIES_IN_A_ROOM -> RoomRules.everyClassInARoom();
            case ONLY_STREAMS_KNOWS_THE_REDIS_CLIENT -> RoomRules.oneDoorToRedis();
            case PACKAGES_OF_A_MODULE_FORM_NO_CYCLE -> RoomRules.noCycles();
            case PURE_CODE_KNOWS_NO_FRAMEWORK -> PurityRules.noFramework();
            case PURE_CODE_DOES_NO_INPUT_OUTPUT -> PurityRules.noInputOutput();
            case PURE_CODE_READS_NO_CLOCK -> PurityRules.noClock();
            case NAMES_TELL_WHAT_A_THING_IS -> HabitRules.tellingNames();
            case PACKAGES_ARE_NULL_MARKED -> HabitRules.nullMarked();
            case STATICS_ARE_FINAL -> HabitRules.noMutableStatics();
            case ONLY_MAINS_END_THE_PROCESS -> HabitRules.onlyMainsExit();
            case ONLY_RUNNER_AND_LAUNCHER_PRINT -> HabitRules.onlyRunnerPrints();
            case NOBODY_SLEEPS -> HabitRules.nobodySleeps();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
