package peagen.bench.service.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import peagen.bench.service.syntax.Quoted;
import peagen.bench.service.syntax.Suggestion;

/**
 * The part of the process environment that is meant for us.
 *
 * @param values text by setting name, {@code config} included; an empty variable counts as not set
 * @param problems variables with our prefix that nobody declared
 */
record Environment(Map<String, String> values, List<String> problems) {

    /** What Kubernetes sets for a service called {@code bench-…}: no one wrote these, so no one is told off for them. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "BENCH_(.*_)?(SERVICE_(HOST|PORT)(_\\w+)?=.*|PORT_\\d+_(TCP|UDP|SCTP)(_\\w+)?=.*|PORT=(tcp|udp|sctp)://.*)");

    static Environment parse(SettingsSpec spec, Map<String, String> variables) {
        Map<String, String> names = new LinkedHashMap<>();
        spec.settings().forEach(setting -> names.put(setting.environmentName(), setting.name()));
        names.put(Setting.ENVIRONMENT_PREFIX + "CONFIG", "config");
        Environment result = new Environment(new LinkedHashMap<>(), new ArrayList<>());
        boolean kubernetes = variables.containsKey("KUBERNETES_SERVICE_HOST");
        new TreeMap<>(variables).forEach((variable, value) -> {
            if (names.containsKey(variable)) {
                if (!value.isEmpty()) {
                    result.values.put(names.get(variable), value);
                }
            } else if (variable.startsWith(Setting.ENVIRONMENT_PREFIX)
                    && !spec.foreignEnvironment().contains(variable)
                    && !(kubernetes
                            && SERVICE_LINK.matcher(variable + "=" + value).matches())) {
                result.problems.add(unknown(variable, names.keySet()));
            }
        });
        return result;
    }

    private static String unknown(String variable, Set<String> names) {
        return Quoted.plain(variable) + ": unknown environment variable" + Suggestion.didYouMean(variable, names, "");
    }
}
