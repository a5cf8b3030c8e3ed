package peagen.bench.service.toml;

/**
 * One thing wrong with a TOML file.
 *
 * @param file its name as the user gave it
 * @param line counted from 1
 * @param column counted from 1
 * @param key dotted path of the key, such as {@code load.rate}; empty when no single key is to blame
 * @param message what was found and what was expected
 */
public record Problem(String file, int line, int column, String key, String message) {

    /** {@code scenarios/x.toml:7:3: load.rate: got 'fast', expected …}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + (key.isEmpty() ? "" : key + ": ") + message;
    }
}
