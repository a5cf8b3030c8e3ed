package peagen.bench.loadgenerator.domain;

import java.util.Optional;
import peagen.bench.measurement.schedule.TaskRate;
import peagen.bench.service.syntax.Rate;

/** What a user may put in place of a scenario's own arrivals. */
public sealed interface Arrival {

    /** How it is written. */
    String EXPECTED = "tasks per minute (e.g. 12000), a rate with its unit such as 200/s, or max";

    /** Open load at a constant rate. */
    record At(TaskRate rate) implements Arrival {
        @Override
        public String toString() {
            return new Rate(rate.perMinute()).toString();
        }
    }

    /** Closed load: as fast as the farm takes it. */
    record Max() implements Arrival {
        @Override
        public String toString() {
            return "max";
        }
    }

    /** Reads {@code max} or a rate. */
    static Optional<Arrival> parse(String text) {
        return text.equals("max")
                ? Optional.of(new Max())
                : Rate.parse(text)
                        .filter(rate -> rate.perMinute() > 0)
                        .map(rate -> new At(TaskRate.perMinute(rate.perMinute())));
    }
}
