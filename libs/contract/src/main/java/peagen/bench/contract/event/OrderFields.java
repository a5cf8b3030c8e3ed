package peagen.bench.contract.event;

import java.util.Optional;
import peagen.bench.contract.entry.Fields;

/** The flat form of what is wanted of a run. What was added later, or is the scenario's own, is not written. */
final class OrderFields {

    private static final String SET = "replicate_set";
    private static final String NUMBER = "replicate";
    private static final String OF = "replicates";

    private OrderFields() {}

    static Fields put(Fields.Builder out, RunOrder order) {
        out.put("scenario", order.scenario()).put("seed", order.seed());
        order.profile().ifPresent(profile -> out.put("profile", profile));
        order.environment().ifPresent(environment -> out.put("environment", environment));
        order.rate().ifPresent(rate -> out.put("rate", rate));
        order.steadySeconds().ifPresent(seconds -> out.put("steady_s", seconds));
        return put(out, order.replication()).build();
    }

    static RunOrder order(EventFields in) {
        return new RunOrder(
                in.text("scenario"),
                in.optional("profile"),
                in.optional("environment"),
                in.number("seed"),
                in.optional("rate"),
                in.optional("steady_s").map(written -> in.seconds("steady_s")),
                replication(in));
    }

    static Fields.Builder put(Fields.Builder out, Replication replication) {
        return replication.isAlone()
                ? out
                : out.put(SET, replication.set())
                        .put(NUMBER, replication.number())
                        .put(OF, replication.of());
    }

    static Replication replication(EventFields in) {
        Optional<String> set = in.optional(SET);
        if (set.isEmpty()) {
            return Replication.ALONE;
        }
        long number = in.count(NUMBER);
        long of = in.count(OF);
        in.check(
                !set.get().isEmpty() && number >= 1 && number <= of && of <= Replication.MOST,
                "field '%s': got %d of %d, expected 1 to %d of a set that has a name"
                        .formatted(NUMBER, number, of, Replication.MOST));
        return new Replication(set.get(), (int) number, (int) of);
    }
}
