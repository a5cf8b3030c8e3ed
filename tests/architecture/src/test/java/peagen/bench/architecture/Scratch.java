package peagen.bench.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Source texts, compiled and read back as if they had been shipped. */
final class Scratch {

    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile("(?:class|record|interface) (\\w+)");

    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

    /** One for all: it keeps the class path open, which takes longer than compiling. */
    private static final StandardJavaFileManager FILES =
            JAVAC.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);

    private Scratch() {}

    /** The classes of {@code sources}, each a compilation unit with one top-level type, built in {@code folder}. */
    static JavaClasses compiled(Path folder, String... sources) throws IOException {
        StringWriter complaints = new StringWriter();
        FILES.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(folder));
        boolean compiled = JAVAC.getTask(
                        complaints,
                        FILES,
                        null,
                        List.of("-proc:none", "-nowarn"),
                        null,
                        Arrays.stream(sources).map(Scratch::unit).toList())
                .call();
        if (!compiled) {
            throw new IllegalArgumentException(complaints.toString());
        }
        return new ClassFileImporter().importPath(folder);
    }

    private static JavaFileObject unit(String source) {
        String path = found(PACKAGE, source).replace('.', '/') + "/"
                + (source.startsWith("@") ? "package-info" : found(TYPE, source)) + ".java";
        return new SimpleJavaFileObject(URI.create("scratch:///" + path), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    private static String found(Pattern pattern, String source) {
        Matcher match = pattern.matcher(source);
        if (!match.find()) {
            throw new IllegalArgumentException("no '" + pattern + "' in " + source);
        }
        return match.group(1);
    }
}
