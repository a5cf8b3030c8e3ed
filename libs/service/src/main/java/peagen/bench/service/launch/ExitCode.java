package peagen.bench.service.launch;

import java.util.Arrays;
import java.util.List;

/** What a process ends with; the same for every program of the suite. */
public enum ExitCode {
    /** Everything asked for was done, and every verdict is green. */
    PASS(0, "pass: everything was done, every verdict is green"),
    /** The work was done and a target was missed. */
    FAIL(1, "fail: a target was missed or has regressed"),
    /** The user has to change a setting, an argument or a file. */
    BAD_INPUT(2, "bad input: a setting, argument or file has to be changed"),
    /** Something outside stands in the way: Redis, network, disk, containers. */
    INFRASTRUCTURE(3, "infrastructure: Redis, the network, a disk or a container stands in the way"),
    /** The work was done, but what was measured allows no verdict. */
    INCONCLUSIVE(4, "inconclusive: what was measured allows no verdict, or was invalid");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** As the shell sees it. */
    public int code() {
        return code;
    }

    /** One line for a help text. */
    public String meaning() {
        return meaning;
    }

    /** All codes with their meanings, one a line, for a help text. */
    public static List<String> explained() {
        return Arrays.stream(values())
                .map(exit -> exit.code + "  " + exit.meaning)
                .toList();
    }
}
