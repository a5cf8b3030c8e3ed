package peagen.bench.service.toml;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/**
 * A TOML file being read. Reading never raises: ask {@link #root} for everything the file may say, with stand-ins for what is
 * missing or wrong, then look at {@link #problems}; when there are none, what was read is sound.
 *
 * <pre>{@code
 * TomlFile file = TomlFile.load(path);
 * TomlSection load = file.root().table("load");
 * int workers = load.wholeNumber("workers", 1, 4096).or(32);
 * Duration steady = load.duration("steady").required(Duration.ZERO);
 * if (!file.problems().isEmpty()) …
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class TomlFile {

    /** Longer files are not read: no scenario, gate or configuration comes near. In characters. */
    static final int LONGEST = 1 << 20;

    private static final String TOO_LONG = "is longer than " + LONGEST + " characters";
    private static final Spot TOP = new Spot(1, 1);

    private final Notes notes;
    private final TomlSection root;

    private TomlFile(String name, TomlParseResult parsed) {
        this.notes = new Notes(name);
        this.root = new TomlSection(notes, "", TOP, parsed, true);
        parsed.errors().forEach(error -> {
            Spot spot = new Spot(error.position().line(), error.position().column());
            notes.add(spot, "", sentence(String.valueOf(error.getMessage())));
        });
        if (parsed.hasErrors()) {
            notes.close();
        }
    }

    /**
     * Parses {@code text}. Syntax errors become problems, and of a file with syntax errors only those are reported.
     *
     * @param fileName how the file is called in problems
     */
    public static TomlFile parse(String fileName, String text) {
        if (text.length() > LONGEST) {
            return broken(fileName, TOO_LONG);
        }
        try {
            return new TomlFile(fileName, Toml.parse(text));
        } catch (AssertionError recovering) {
            // tomlj 2.2.0 under -ea: raised while it recovers from a header such as "[x#?", which is an error at any
            // rate.
            return broken(fileName, "not TOML: a table header is not closed");
        }
    }

    /** Reads and parses a file in UTF-8; one that cannot be read is empty and has a problem saying why. */
    public static TomlFile load(Path path) {
        String name = path.toString();
        try {
            if (Files.isDirectory(path)) {
                return broken(name, "is a directory, expected a TOML file");
            }
            return Files.size(path) > 4L * LONGEST ? broken(name, TOO_LONG) : parse(name, Files.readString(path));
        } catch (NoSuchFileException missing) {
            return broken(name, "no such file");
        } catch (AccessDeniedException denied) {
            return broken(name, "may not be read by this user");
        } catch (CharacterCodingException notText) {
            return broken(name, "is not text in UTF-8");
        } catch (IOException unreadable) {
            return broken(name, "cannot be read");
        }
    }

    private static TomlFile broken(String fileName, String message) {
        TomlFile file = new TomlFile(fileName, Toml.parse(""));
        file.notes.add(TOP, "", message);
        file.notes.close();
        return file;
    }

    private static String sentence(String message) {
        return message.isEmpty() ? "not TOML" : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    /** Whether the file could be read and is TOML; when not, {@link #root} is no evidence of what it says. */
    public boolean readable() {
        return notes.open();
    }

    /** The top of the file. */
    public TomlSection root() {
        return root;
    }

    /** The name by which problems call the file. */
    public String name() {
        return notes.file();
    }

    /**
     * Everything wrong with what was asked for so far, and every key that nobody asked for, in the order of the file. Call it
     * when all reading is done.
     */
    public List<Problem> problems() {
        List<Problem> all = new ArrayList<>(notes.problems());
        if (readable()) {
            root.collectUnknown(all);
        }
        return all.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }
}
