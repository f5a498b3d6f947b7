package io.steadfast.failover.health;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;

import io.steadfast.core.Instance;
import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/**
 * Sends {@code GET} to a path of the instance. A status from 200 to 399 passes, as it does for the probes of Kubernetes, so that one path
 * means the same to both; a redirect is not followed, because it may lead to another instance. Any other status is the instance's
 * own word that it is not well, and so is a draining header on a good answer: it counts at once. Where no answer comes, the threshold
 * holds.
 *
 * <p>All such checks share one client of the JDK, which keeps connections open between checks. Immutable and thread-safe; two of the same
 * path and port are equal.
 *
 * @param path what to ask for, from the slash on; comes after the path of the instance's own URI, if it has one
 * @param port asked instead of the instance's own port, for example that of the actuator; {@code null} for the instance's own
 */
public record HttpHealthCheck(String path, @Nullable Integer port) implements HealthCheck {

    /**
     * Checks the settings, all of them, before it refuses any.
     *
     * @param path what to ask for
     * @param port where, if not at the instance's own port
     */
    public HttpHealthCheck {
        Objects.requireNonNull(path, "path");
        new SettingsCheck()
                .that(
                        isPath(path),
                        "must be a path that begins with a slash, as it stands in a URL, but is " + path,
                        "health.path")
                .within("health.port", port == null ? 1 : port, 1, 65_535)
                .refuseIfWrong();
    }

    @Override
    public HealthVerdict check(Instance instance, Duration timeout) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(instance.uri()))
                .timeout(timeout)
                .header("User-Agent", "steadfast-health-check")
                .build();
        HttpResponse<Void> answer = Client.SHARED.send(request, BodyHandlers.discarding());
        if (answer.statusCode() < 200 || answer.statusCode() > 399) {
            return HealthVerdict.refused("HTTP " + answer.statusCode() + " from " + path);
        }
        return saysItLeaves(answer) ? HealthVerdict.refused("it is draining") : HealthVerdict.passed();
    }

    URI uri(URI instance) {
        int asked = port == null ? instance.getPort() : port;
        String host = instance.getHost();
        String base = instance.getRawPath() == null ? "" : instance.getRawPath().replaceAll("/+$", "");
        return URI.create(instance.getScheme() + "://" + host + (asked < 0 ? "" : ":" + asked) + base + path);
    }

    private static boolean saysItLeaves(HttpResponse<?> answer) {
        return answer.headers()
                        .firstValue("Resilience-Instance")
                        .filter("draining"::equalsIgnoreCase)
                        .isPresent()
                || answer.headers()
                        .firstValue("x-envoy-immediate-health-check-fail")
                        .filter(said -> !"false".equalsIgnoreCase(said.trim()))
                        .isPresent();
    }

    private static boolean isPath(String path) {
        try {
            return path.startsWith("/") && URI.create("http://host" + path).getRawFragment() == null;
        } catch (IllegalArgumentException notAPath) {
            return false;
        }
    }

    /** Made when the first check is. */
    private static final class Client {

        static final HttpClient SHARED = HttpClient.newBuilder()
                .version(Version.HTTP_1_1) // no attempt at an upgrade, which some servers answer with an error
                .followRedirects(Redirect.NEVER)
                .build();
    }
}
