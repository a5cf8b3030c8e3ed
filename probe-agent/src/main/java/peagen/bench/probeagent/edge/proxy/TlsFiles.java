package peagen.bench.probeagent.edge.proxy;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;
import peagen.bench.streams.RedisAddress;

/** Makes what TLS needs of PEM files; {@link TlsFileException} when one cannot be used. */
public final class TlsFiles {

    private TlsFiles() {}

    /** What clients are met with. */
    public static SslContext server(Path certificate, Path key) {
        try {
            return SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                    .build();
        } catch (SSLException | IllegalArgumentException unusable) {
            throw new TlsFileException("tls-certificate: " + certificate + " with " + key, unusable);
        }
    }

    /** How {@code redis} is met: empty for plain text; otherwise host name and certificate are always verified. */
    public static Optional<SslContext> towards(RedisAddress redis) {
        if (!redis.tls()) {
            return Optional.empty();
        }
        SslContextBuilder builder = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
        try {
            Optional<File> authority = redis.certificateAuthority().map(Path::toFile);
            return Optional.of(
                    authority.map(builder::trustManager).orElse(builder).build());
        } catch (SSLException | IllegalArgumentException unusable) {
            String file = redis.certificateAuthority().map(Path::toString).orElse("of this JVM");
            throw new TlsFileException("upstream: certificate authority " + file, unusable);
        }
    }
}
