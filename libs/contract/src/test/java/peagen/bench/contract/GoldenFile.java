package peagen.bench.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import peagen.bench.contract.entry.Fields;

/** An entry as a readable file: one {@code name=value} line per field, binary values as {@code base64:…}. */
final class GoldenFile {

    private static final String BINARY = "base64:";

    private GoldenFile() {}

    /** The entry in {@code golden/v1/NAME.txt}. */
    static Fields read(String name) {
        try (InputStream file = GoldenFile.class.getResourceAsStream("/golden/v1/" + name + ".txt")) {
            if (file == null) {
                throw new AssertionError("no golden/v1/" + name + ".txt");
            }
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new AssertionError(name, unreadable);
        }
    }

    static Fields parse(String text) {
        Fields.Builder fields = Fields.builder();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            String value = line.substring(equals + 1);
            fields.put(
                    line.substring(0, equals),
                    value.startsWith(BINARY)
                            ? Base64.getDecoder().decode(value.substring(BINARY.length()))
                            : value.getBytes(StandardCharsets.UTF_8));
        });
        return fields.build();
    }

    /** What a new golden file of {@code fields} holds. */
    static String format(Fields fields) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            lines.append(fields.name(i))
                    .append('=')
                    .append(value(fields.value(i)))
                    .append('\n');
        }
        return lines.toString();
    }

    private static String value(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.chars().noneMatch(Character::isISOControl) && !text.startsWith(BINARY)) {
                return text;
            }
        } catch (CharacterCodingException binary) {
            // Falls through: base64 is for exactly these.
        }
        return BINARY + Base64.getEncoder().encodeToString(bytes);
    }
}
