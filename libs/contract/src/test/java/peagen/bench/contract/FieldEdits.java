package peagen.bench.contract;

import java.nio.charset.StandardCharsets;
import peagen.bench.contract.entry.Fields;

/** Entries that differ from another one in one field. */
public final class FieldEdits {

    private FieldEdits() {}

    /** {@code fields} without the field called {@code name}. */
    public static Fields without(Fields fields, String name) {
        Fields.Builder edited = Fields.builder();
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.name(i).equals(name)) {
                edited.put(fields.name(i), fields.value(i));
            }
        }
        return edited.build();
    }

    /** {@code fields} with another text in the field called {@code name}. */
    public static Fields with(Fields fields, String name, String text) {
        return with(fields, name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code fields} with another value in the field called {@code name}. */
    public static Fields with(Fields fields, String name, byte[] value) {
        Fields.Builder edited = Fields.builder();
        for (int i = 0; i < fields.size(); i++) {
            edited.put(fields.name(i), fields.name(i).equals(name) ? value : fields.value(i));
        }
        return edited.build();
    }
}
