package peagen.bench.microbenchmarks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the benchmark of the same class that this one is set against: its ratio is its time divided by that one's. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Against {

    /** The name of the reference's method. */
    String value();
}
