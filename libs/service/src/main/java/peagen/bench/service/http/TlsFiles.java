package peagen.bench.service.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate and its key, PEM both.
 *
 * @param certificate the certificate, with those between it and its root behind it
 * @param key the private key, PKCS#8, without a password
 */
public record TlsFiles(Path certificate, Path key) {

    private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    /** What is wrong with the files, one line that names setting and file; empty when nothing is. Reads the disk. */
    public Optional<String> problem() {
        return KeyPairFiles.problem(certificate, key);
    }

    PemKeyCertOptions options() {
        return new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString());
    }

    /** Gives {@code server} the certificate anew whenever the files change; one that cannot be used is not taken. */
    void watch(Vertx vertx, HttpServer server) {
        List<FileTime> known = new ArrayList<>(changed());
        vertx.setPeriodic(
                LOOK_EVERY.toMillis(),
                due -> vertx.executeBlocking(this::changed, false).onSuccess(now -> {
                    if (!now.equals(known)) {
                        known.clear();
                        known.addAll(now);
                        take(vertx, server);
                    }
                }));
    }

    private void take(Vertx vertx, HttpServer server) {
        vertx.executeBlocking(() -> problem().orElse(""), false)
                .compose(problem -> problem.isEmpty()
                        // By force: the options are the same as before, the files are not.
                        ? server.updateSSLOptions(new ServerSSLOptions().setKeyCertOptions(options()), true)
                        : Future.failedFuture(problem))
                .onSuccess(taken ->
                        LOG.atInfo().addKeyValue("certificate", certificate).log("certificate read again"))
                .onFailure(cause -> LOG.atError()
                        .addKeyValue("certificate", certificate)
                        .addKeyValue(
                                "cause", Optional.ofNullable(cause.getMessage()).orElse(""))
                        .log("new certificate cannot be used, the old one stays"));
    }

    private List<FileTime> changed() {
        return List.of(time(certificate), time(key));
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }
}
