package peagen.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.gatekeeper.access.domain.ApiToken;
import peagen.bench.gatekeeper.access.domain.TokenText;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.store.edge.Database;

class TokenCommandTest {

    @TempDir
    Path folder;

    private BenchCall token(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "token";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--store";
        all[arguments.length + 2] = folder.resolve("store.db").toString();
        return BenchCall.bench(all);
    }

    @Test
    void makesListsAndRevokesATokenThatTheStoreKnowsByItsHashAlone() {
        BenchCall made = token("create", "ci", "--scope", "run", "--expires", "90d");
        assertThat(made.exitCode()).as(made.err()).isZero();
        TokenText text = TokenText.parse(made.out().strip()).orElseThrow();
        assertThat(made.err())
                .contains(text.id(), "scope run")
                .doesNotContain(text.secret().reveal());

        try (Database database = Database.open(new StoreAddress.Sqlite(folder.resolve("store.db")))) {
            ApiToken kept = database.tokens().find(text.id()).orElseThrow();
            assertThat(kept.is(text)).isTrue();
            assertThat(kept.toString()).doesNotContain(text.secret().reveal());
            assertThat(kept.expires()).isPresent();
        }
        assertThat(token("list").out())
                .contains(text.id(), "ci", "run", "good")
                .doesNotContain(text.secret().reveal());
        assertThat(token("revoke", text.id()).exitCode()).isZero();
        assertThat(token("list").out()).contains("revoked");
        BenchCall again = token("revoke", text.id());
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("ID: got '" + text.id() + "'");
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(token("create", "a b").err()).contains("NAME: got 'a b'");
        assertThat(token("create", "ci", "--expires", "soon").err()).contains("--expires: got 'soon'");
        assertThat(token("create", "ci", "--scope", "root").exitCode()).isEqualTo(2);
        assertThat(BenchCall.bench("token").exitCode()).isEqualTo(2);
        BenchCall nowhere = BenchCall.bench("token", "list", "--store", "sqlite:/dev/null/store.db");
        assertThat(nowhere.exitCode()).isEqualTo(3);
    }
}
