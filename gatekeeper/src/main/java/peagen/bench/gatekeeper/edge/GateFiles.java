package peagen.bench.gatekeeper.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import peagen.bench.gatekeeper.domain.GateWords;
import peagen.bench.measurement.judging.Gate;
import peagen.bench.service.syntax.Quoted;
import peagen.bench.service.syntax.Suggestion;
import peagen.bench.service.toml.TomlFile;

/**
 * Finds gates by name: those handed in, then those of the user's directory, then those that come with the suite. Immutable;
 * reads files, so not for event loops.
 */
public final class GateFiles {

    private static final List<String> SHIPPED = List.of("v0.9", "v1.0", "smoke", "saturation");
    private static final String SUFFIX = ".toml";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final Optional<Path> directory;
    private final Map<String, Gate> given;

    private GateFiles(Optional<Path> directory, Map<String, Gate> given) {
        this.directory = directory;
        this.given = given;
    }

    /** The gates that come with the suite: {@code v0.9}, {@code v1.0}, {@code smoke}, {@code saturation}. */
    public static GateFiles shipped() {
        return new GateFiles(Optional.empty(), Map.of());
    }

    /** The same, and before them {@code NAME.toml} of {@code directory}. */
    public static GateFiles in(Path directory) {
        return new GateFiles(Optional.of(directory), Map.of());
    }

    /** The same, and before them {@code gate}. */
    public GateFiles with(Gate gate) {
        Map<String, Gate> more = new TreeMap<>(given);
        more.put(gate.name(), gate);
        return new GateFiles(directory, more);
    }

    /**
     * The gate called {@code nameOrPath}, or in the file at that path: what has a separator in it or ends in {@code .toml}.
     *
     * @throws GateFileException when there is none, or its file has mistakes
     */
    public Gate load(String nameOrPath) {
        if (nameOrPath.indexOf('/') < 0 && nameOrPath.indexOf('\\') < 0 && !nameOrPath.endsWith(SUFFIX)) {
            return named(nameOrPath);
        }
        try {
            return read(Path.of(nameOrPath));
        } catch (InvalidPathException noPath) {
            throw new GateFileException(List.of("gate: got " + Quoted.of(nameOrPath) + ", expected a name or a path"));
        }
    }

    /**
     * The gate called {@code name}, which may come from anywhere: it is never taken for a path.
     *
     * @throws GateFileException when there is none, or its file has mistakes
     */
    public Gate named(String name) {
        if (given.containsKey(name)) {
            return given.get(name);
        }
        if (NAME.matcher(name).matches()) {
            Optional<Path> own =
                    directory.map(dir -> dir.resolve(name + SUFFIX)).filter(Files::isRegularFile);
            if (own.isPresent()) {
                return read(own.get());
            }
            if (SHIPPED.contains(name)) {
                String resource = "gates/" + name + SUFFIX;
                return GateReading.read(TomlFile.parse(resource, text(resource)), name);
            }
        }
        List<String> names = names();
        throw new GateFileException(List.of("gate: got " + Quoted.of(name) + ", expected one of "
                + String.join(", ", names) + ", or the path of a gate file"
                + Suggestion.didYouMean(name, names, "")));
    }

    /** The names of all gates. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>(SHIPPED);
        names.addAll(given.keySet());
        files().forEach(file -> names.add(stem(file)));
        return List.copyOf(names);
    }

    /** Everything that is wrong with the gate files of the user's directory; empty when they are sound. */
    public List<String> problems() {
        if (directory.isPresent() && !Files.isDirectory(directory.get())) {
            return List.of(
                    "gates: got " + Quoted.of(directory.get().toString()) + ", expected a directory of gate files");
        }
        List<String> problems = new ArrayList<>();
        for (Path file : files()) {
            try {
                read(file);
            } catch (GateFileException unsound) {
                problems.addAll(unsound.problems());
            }
        }
        return problems;
    }

    /** What the gate asks for, a line for each target: {@code PT-3 Queue throughput: slowest 60 s window …}. */
    public static List<String> describe(Gate gate) {
        return GateWords.lines(gate);
    }

    private List<Path> files() {
        if (directory.isEmpty() || !Files.isDirectory(directory.get())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory.get())) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static Gate read(Path file) {
        return GateReading.read(TomlFile.load(file), stem(file));
    }

    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    private static String text(String resource) {
        try (InputStream in = GateFiles.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the gatekeeper's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
