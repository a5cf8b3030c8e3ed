package peagen.bench.gatekeeper.webhook.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Path;

/** A key and its own certificate for one name, in a store of a test's own. */
record TestKeys(Path store) {

    private static final String PASSWORD = "changeit";

    static TestKeys of(Path directory, String host) throws IOException, InterruptedException {
        Path store = directory.resolve(host + ".p12");
        ProcessBuilder keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "SAN=dns:" + host,
                "-keystore",
                store.toString(),
                "-alias",
                "me",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD);
        assertThat(keytool.inheritIO().start().waitFor()).isZero();
        return new TestKeys(store);
    }

    PfxOptions options() {
        return new PfxOptions().setPath(store.toString()).setPassword(PASSWORD);
    }
}
