package peagen.bench.contract.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryIdTest {

    @Test
    void readsWhatItWrites() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            EntryId id = new EntryId(random.nextLong() >>> 1, random.nextLong() >>> (1 + random.nextInt(62)));

            assertThat(EntryId.parse(id.toString())).contains(id);
        }
        assertThat(EntryId.parse("0-0")).contains(EntryId.MIN);
        assertThat(EntryId.parse(EntryId.MAX.toString())).contains(EntryId.MAX);
    }

    @Test
    void takesBareMillisecondsForTheirFirstId() {
        assertThat(EntryId.parse("1748786723123")).contains(new EntryId(1_748_786_723_123L, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "1-",
                "-1",
                "1--1",
                "-1-1",
                "1-1-1",
                "+1-1",
                "1-+1",
                " 1-1",
                "1-1 ",
                "$",
                ">",
                "*",
                "1-*",
                "0x1-1",
                "٣-٣",
                "9223372036854775808-0",
                "0-9223372036854775808",
                "18446744073709551615-18446744073709551615"
            })
    void refusesWhatIsNoEntryId(String text) {
        assertThat(EntryId.parse(text)).isEmpty();
    }

    @Test
    void isOrderedByMillisecondsThenSequenceAsNumbers() {
        assertThat(new EntryId(9, 99)).isLessThan(new EntryId(10, 1));
        assertThat(new EntryId(10, 9)).isLessThan(new EntryId(10, 10));
        assertThat(new EntryId(10, 9)).isEqualByComparingTo(new EntryId(10, 9));
        assertThat(EntryId.MIN).isLessThan(new EntryId(0, 1));
        assertThat(new EntryId(1L << 41, 1L << 40)).isBetween(EntryId.MIN, EntryId.MAX);
    }

    @Test
    void isFollowedByTheSmallestIdAfterIt() {
        assertThat(new EntryId(5, 6).next()).isEqualTo(new EntryId(5, 7));
        assertThat(new EntryId(5, Long.MAX_VALUE).next()).isEqualTo(new EntryId(6, 0));
        assertThatThrownBy(EntryId.MAX::next).isInstanceOf(ArithmeticException.class);
    }
}
