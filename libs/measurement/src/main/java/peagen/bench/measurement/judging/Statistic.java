package peagen.bench.measurement.judging;

import peagen.bench.measurement.notation.Notation;

/** Which number of many a target looks at. */
public sealed interface Statistic {

    /** The statistic in words, as reasons are written. */
    String words();

    /** The minimum over every window of {@code seconds} in the phase, sliding by one second. */
    record MinWindow(int seconds) implements Statistic {

        /** Rejects empty windows. */
        public MinWindow {
            if (seconds < 1) {
                throw new IllegalArgumentException("got a window of " + seconds + " s, expected 1 or more");
            }
        }

        @Override
        public String words() {
            return "slowest " + seconds + " s window";
        }
    }

    /** The mean over the phase. */
    record Mean() implements Statistic {
        @Override
        public String words() {
            return "mean";
        }
    }

    /**
     * A quantile.
     *
     * @param p above 0 and below 1
     */
    record Quantile(double p) implements Statistic {

        /** Rejects what is no quantile. */
        public Quantile {
            if (!(p > 0 && p < 1)) {
                throw new IllegalArgumentException("got quantile " + p + ", expected more than 0 and less than 1");
            }
        }

        /**
         * How many samples the largest of them needs to be an upper bound of the quantile with 95 % confidence, whatever the
         * distribution: the smallest n with {@code 1 − pⁿ ≥ 0.95} (Wilks, "Determination of sample sizes for setting tolerance
         * limits", Ann. Math. Statist. 12 (1941)). p50 5, p95 59, p99 299, p99.9 2995.
         */
        public long minSamples() {
            return (long) Math.ceil(Math.log(0.05) / Math.log(p));
        }

        @Override
        public String words() {
            return "p" + Notation.number(p * 100);
        }
    }

    /** The largest. */
    record Max() implements Statistic {
        @Override
        public String words() {
            return "max";
        }
    }

    /** The only one there is. */
    record Value() implements Statistic {
        @Override
        public String words() {
            return "total";
        }
    }

    /** How many in a second or a minute of the phase: a count divided by its length. */
    record Rate() implements Statistic {
        @Override
        public String words() {
            return "rate";
        }
    }

    /**
     * A count as a share of another, in %, over the whole run.
     *
     * @param of the count that is divided by: one of {@link Metric#counts()}
     */
    record Ratio(Metric of) implements Statistic {

        /** Rejects what counts nothing. */
        public Ratio {
            if (!Metric.counts().contains(of)) {
                throw new IllegalArgumentException("got a ratio to " + of.label() + ", expected a count of tasks");
            }
        }

        @Override
        public String words() {
            return "share of " + of.label();
        }
    }
}
