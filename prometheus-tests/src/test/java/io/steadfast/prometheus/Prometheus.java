package io.steadfast.prometheus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Prometheus that scrapes every second and knows our rules, in {@code target/prometheus}, until it is closed. */
final class Prometheus implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();

    private final JsonMapper json = new JsonMapper();

    private final Process process;

    private final Path log;

    private final String address;

    private Prometheus(Process process, Path log, String address) {
        this.process = process;
        this.log = log;
        this.address = address;
    }

    /** Starts it; does not wait until it is ready. */
    static Prometheus start(List<String> targets, Path rules) throws IOException {
        Path program = Programs.installed(Programs.PROMETHEUS);
        Path home = Path.of("target", "prometheus").toAbsolutePath();
        FileSystemUtils.deleteRecursively(home);
        Files.createDirectories(home);
        Path configuration = Files.writeString(home.resolve("prometheus.yml"), configuration(targets, rules));
        Path log = home.resolve("log.txt");
        String address = "127.0.0.1:" + freePort();
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + home.resolve("data"),
                        "--web.listen-address=" + address)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Prometheus(process, log, address);
    }

    private static String configuration(List<String> targets, Path rules) {
        return """
                global:
                  scrape_interval: 1s
                  evaluation_interval: 1s
                rule_files: ['%s']
                scrape_configs:
                  - job_name: steadfast
                    metrics_path: /actuator/prometheus
                    static_configs:
                      - targets: [%s]
                """.formatted(
                        rules.toAbsolutePath().normalize(),
                        targets.stream().map(target -> "'" + target + "'").collect(Collectors.joining(", ")));
    }

    /** Free now; nothing else on this machine picks it in the moment before Prometheus does. */
    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** The result of an expression now. */
    JsonNode query(String expression) throws IOException, InterruptedException {
        return get("query?query=" + encoded(expression)).path("result");
    }

    /** The result of an expression over the last half minute, as a graph asks for it. */
    JsonNode queryRange(String expression) throws IOException, InterruptedException {
        double now = query("time()").path(1).asDouble();
        return get("query_range?query=" + encoded(expression) + "&start=" + (now - 30) + "&end=" + now + "&step=2")
                .path("result");
    }

    /** The series that a selector finds, as Grafana asks for the values of a variable. */
    JsonNode series(String selector) throws IOException, InterruptedException {
        return get("series?match[]=".replace("[]", "%5B%5D") + encoded(selector));
    }

    /** The rules it has loaded. */
    JsonNode rules() throws IOException, InterruptedException {
        return get("rules").path("groups").path(0).path("rules");
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("Prometheus has ended: " + Files.readString(log));
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/api/v1/" + path))
                .timeout(PATIENCE)
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    path + " was answered with " + response.statusCode() + ": " + response.body());
        }
        return json.readTree(response.body()).path("data");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
