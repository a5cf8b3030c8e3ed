package peagen.bench.probeagent.domain.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InlineSyntaxTest {

    /** The words between bars; empty when it is no command. */
    private static Optional<String> split(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        CommandScanner scanner = new CommandScanner(key -> true, true, 1 << 16);
        return scanner.scan(bytes, 0, bytes.length) >= 0 && !scanner.broken()
                ? Optional.of(scanner.command().copies().stream()
                        .map(word -> new String(word, StandardCharsets.ISO_8859_1))
                        .collect(Collectors.joining("|")))
                : Optional.empty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "get key; get|key",
                "`  get \t key  `; get|key",
                "get \"a b\"; get|a b",
                "get 'a b'; get|a b",
                "get 'it\\'s'; get|it's",
                "get 'a\\n'; get|a\\n",
                "get \"\\x41\\x4z\"; get|Ax4z",
                "get \"\\q\\\"\\\\\"; get|q\"\\",
                "get a\"b c\"; get|ab c",
                "get \"\" ''; get||",
                "get a\\nb; get|a\\nb"
            })
    void splitsAsRedisDoes(String line, String words) {
        assertThat(split(line + "\r\n")).contains(words);
        assertThat(split(line + "\n")).contains(words);
    }

    @Test
    void knowsTheEscapesOfDoubleQuotes() {
        assertThat(split("echo \"\\n\\r\\t\\b\\a\"\n")).contains("echo|\n\r\t\b\u0007");
    }

    @Test
    void aVerticalTabIsNoEndOfAWordButMayFollowAQuote() {
        assertThat(split("get a\u000bb\n")).contains("get|a\u000bb");
        assertThat(split("get 'a'\u000bb\n")).contains("get|a|b");
        assertThat(split("\u000b\f get\n")).contains("get");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {"get \"a", "get 'a", "get \"a\"b", "get 'a'b", "get \"a\\\"", "get 'a\\'"})
    void isNoCommandWhereQuotesAreNotClosed(String line) {
        assertThat(split(line + "\r\n")).isEmpty();
    }
}
