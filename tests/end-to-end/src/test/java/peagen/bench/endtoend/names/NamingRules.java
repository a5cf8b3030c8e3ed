package peagen.bench.endtoend.names;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The main rules of {@code promtool check metrics}, for machines that have none: names and help texts, {@code _total} for counters
 * and for nothing else, no types in names, base units.
 *
 * @see <a href="https://prometheus.io/docs/practices/naming/">Metric and label naming</a>
 */
final class NamingRules {

    private static final Pattern HEADER = Pattern.compile("# (HELP|TYPE) (\\S+) ?(.*)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*})? (\\S+)");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Pattern ABBREVIATED = Pattern.compile(".*_(s|ms|us|ns|sec|b|kb|mb|gb|tb|pb|m|h|d)(_total)?");
    private static final Pattern NO_BASE_UNIT = Pattern.compile(
            ".*(milliseconds|microseconds|nanoseconds|minutes|hours|days|kilobytes|megabytes|bits|percent).*");
    private static final Pattern TYPE_IN_NAME = Pattern.compile(".*_(counter|gauge|histogram|summary)(_.*)?");

    private final Map<String, String> help = new HashMap<>();
    private final Map<String, String> types = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();

    private NamingRules() {}

    /** What is wrong with {@code scraped}, in the Prometheus text format; each line begins with the name. */
    static List<String> complaints(String scraped) {
        NamingRules rules = new NamingRules();
        scraped.lines().forEach(rules::line);
        rules.types.forEach(rules::family);
        return rules.complaints;
    }

    private void line(String line) {
        Matcher header = HEADER.matcher(line);
        if (header.matches()) {
            boolean first = (header.group(1).equals("HELP") ? help : types)
                            .putIfAbsent(header.group(2), header.group(3).strip())
                    == null;
            complainUnless(first, header.group(2), "has two headers");
        } else if (!SAMPLE.matcher(line).matches()) {
            complaints.add(line + " is no sample");
        }
    }

    private void family(String name, String type) {
        boolean untyped = type.equals("untyped");
        complainUnless(NAME.matcher(name).matches(), name, "has a letter that it should not have");
        complainUnless(!help.getOrDefault(name, "").isEmpty(), name, "has no help text");
        complainUnless(untyped || type.equals("counter") == name.endsWith("_total"), name, "mixes _total and " + type);
        complainUnless(!ABBREVIATED.matcher(name).matches(), name, "has an abbreviated unit");
        complainUnless(!NO_BASE_UNIT.matcher(name).matches(), name, "has no base unit");
        complainUnless(!TYPE_IN_NAME.matcher(name).matches(), name, "has its type in its name");
        boolean reserved = name.endsWith("_count") || name.endsWith("_sum") || name.endsWith("_bucket");
        complainUnless(!reserved, name, "ends as a part of a histogram");
    }

    private void complainUnless(boolean fine, String name, String what) {
        if (!fine) {
            complaints.add(name + " " + what);
        }
    }
}
