package peagen.bench.service.log;

import ch.qos.logback.classic.Level;

/** How much is logged: this and everything graver. */
public enum LogLevel {
    /** Every step, and what libraries tell those who debug them. */
    TRACE,
    /** What somebody hunting a fault wants; stack traces of failures to start. */
    DEBUG,
    /** What happens once or rarely: started, claimed, stopped. */
    INFO,
    /** What may need somebody. */
    WARN,
    /** What went wrong. */
    ERROR,
    /** Nothing. */
    OFF;

    /** The level of our own loggers. */
    Level own() {
        return Level.toLevel(name());
    }

    /** The level of everybody else's: warnings, unless more is hidden or everything is wanted. */
    Level libraries() {
        return switch (this) {
            case TRACE -> Level.DEBUG;
            case DEBUG, INFO, WARN -> Level.WARN;
            case ERROR, OFF -> own();
        };
    }
}
