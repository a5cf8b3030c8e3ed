package peagen.bench.collector.export;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A copy of everything that a Prometheus server has stored, made by the server itself beside its data
 * (https://prometheus.io/docs/prometheus/latest/querying/api/#snapshot). Blocking.
 */
public final class PrometheusSnapshot {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private PrometheusSnapshot() {}

    /**
     * Has {@code server} make a snapshot.
     *
     * @param data the folder where the server keeps its data, as seen from here
     * @return the snapshot's folder
     * @throws ExportException in one line when there is none
     */
    public static Path take(URI server, Path data) throws InterruptedException {
        URI url = URI.create(server.toString().replaceFirst("/+$", "") + "/api/v1/admin/tsdb/snapshot");
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            Path folder = data.resolve("snapshots").resolve(name(url, answer));
            if (!Files.isDirectory(folder)) {
                throw ExportException.badInput("--prometheus-data: " + server + " has made the snapshot "
                        + folder.getFileName() + ", but there is no " + folder);
            }
            return folder;
        } catch (IOException unreachable) {
            throw ExportException.infrastructure("nobody answers at " + server + ": "
                    + Optional.ofNullable(unreachable.getMessage())
                            .orElse(unreachable.getClass().getSimpleName()));
        }
    }

    private static String name(URI url, HttpResponse<String> answer) {
        JsonObject said = json(answer.body());
        String error = said.getString("error", "");
        // With 503 by the documentation of its errors, with 500 by version 2.42.
        if (error.contains("admin APIs disabled")) {
            throw ExportException.infrastructure(
                    url + ": the admin API is off: start Prometheus with --web.enable-admin-api");
        }
        String name = said.getValue("data") instanceof JsonObject data ? data.getString("name", "") : "";
        // It becomes a part of a path.
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw ExportException.infrastructure(url + ": answers HTTP " + answer.statusCode()
                    + (error.isEmpty() ? " and names no snapshot" : ", " + error));
        }
        return name;
    }

    private static JsonObject json(String body) {
        try {
            return new JsonObject(body);
        } catch (DecodeException noJson) {
            return new JsonObject();
        }
    }
}
