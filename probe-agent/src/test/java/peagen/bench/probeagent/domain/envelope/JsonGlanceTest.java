package peagen.bench.probeagent.domain.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Strings are looked through eight bytes at a time: whatever ends or spoils one is found at every place. */
class JsonGlanceTest {

    private static final int LONGEST = 20;

    /** A string of every length with {@code what} at every place. */
    private static Stream<String> everywhere(String what) {
        return IntStream.range(0, LONGEST)
                .boxed()
                .flatMap(before -> IntStream.range(0, LONGEST - before)
                        .mapToObj(behind -> "a".repeat(before) + what + "z".repeat(behind)));
    }

    private static Stream<String> plain() {
        return Stream.of("", " ", "!", "#", "[", "]", "}", ",", "\u007f", "é", "\u00a2", "\u071c", "語", "😀")
                .flatMap(JsonGlanceTest::everywhere);
    }

    private static Stream<String> spoiled() {
        return Stream.of("\u0000", "\u001f", "\n", "\\n", "\\\"", "\\\\").flatMap(JsonGlanceTest::everywhere);
    }

    private static Stream<String> skipped() {
        return Stream.concat(
                plain(), Stream.of("\\n", "\\\"", "\\\\", "\\\\\\\"}").flatMap(JsonGlanceTest::everywhere));
    }

    private static JsonGlance atValue(String json) {
        JsonGlance glance = new JsonGlance(json.getBytes(StandardCharsets.UTF_8));
        glance.open();
        glance.nextKey(true);
        return glance;
    }

    @Test
    void aPlainStringIsReadAsItStands() {
        assertThat(plain()).allSatisfy(text -> {
            JsonGlance glance = atValue("{\"key\":\"" + text + "\",\"n\":7}");

            assertThat(glance.text()).isEqualTo(text);
            assertThat(glance.nextKey(false)).isTrue();
            assertThat(glance.number()).isEqualTo(7);
            assertThat(glance.nextKey(false)).isFalse();
            assertThat(glance.failed()).isFalse();
        });
    }

    @Test
    void anEscapeOrAControlCharacterIsLeftToTheThorough() {
        assertThat(spoiled()).allSatisfy(text -> {
            JsonGlance glance = atValue("{\"key\":\"" + text + "\",\"n\":7}");
            glance.text();

            assertThat(glance.failed()).isTrue();
        });
    }

    @Test
    void aStringThatNobodyAskedForIsSteppedOverWithItsEscapes() {
        assertThat(skipped()).allSatisfy(text -> {
            JsonGlance glance = atValue("{\"key\":\"" + text + "\",\"n\":7}");
            glance.skip();

            assertThat(glance.nextKey(false)).isTrue();
            assertThat(glance.is("n")).isTrue();
            assertThat(glance.number()).isEqualTo(7);
        });
    }

    @Test
    void aStringThatDoesNotEndIsNoString() {
        assertThat(skipped()).allSatisfy(text -> {
            for (String open :
                    List.of("{\"key\":\"" + text, "{\"key\":\"" + text + "\\", "{\"key\":\"" + text + "\\\"")) {
                JsonGlance asked = atValue(open);
                asked.text();
                JsonGlance stepped = atValue(open);
                stepped.skip();

                assertThat(asked.failed()).as("asked for in %s", open).isTrue();
                assertThat(stepped.failed()).as("stepped over in %s", open).isTrue();
            }
        });
    }
}
