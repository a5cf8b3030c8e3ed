package peagen.bench.runner;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import picocli.CommandLine;

/** One call of the command in this JVM, and what it said. */
record BenchCall(int exitCode, String out, String err) {

    static BenchCall bench(String... args) {
        return new Going(new StringWriter(), new StringWriter()).call(args);
    }

    /** A call whose words can be read while it goes on. */
    record Going(StringWriter out, StringWriter err) {

        BenchCall call(String... args) {
            System.setProperty("bench.home", home().toString());
            CommandLine line = Bench.commandLine();
            line.setOut(new PrintWriter(out, true));
            line.setErr(new PrintWriter(err, true));
            int code = line.execute(args);
            return new BenchCall(code, out.toString(), err.toString());
        }
    }

    /** The checkout. */
    static Path home() {
        return Path.of("..").toAbsolutePath().normalize();
    }
}
