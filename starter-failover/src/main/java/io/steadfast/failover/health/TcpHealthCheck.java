package io.steadfast.failover.health;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

import io.steadfast.core.Instance;
import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/**
 * Opens a connection to the instance and closes it again. For what speaks no HTTP; it says no more than that somebody listens. Immutable
 * and thread-safe.
 *
 * @param port connected to instead of the instance's own port; {@code null} for the instance's own, or the usual one of its scheme
 */
public record TcpHealthCheck(@Nullable Integer port) implements HealthCheck {

    /**
     * Checks the port.
     *
     * @param port where, if not at the instance's own port
     */
    public TcpHealthCheck {
        new SettingsCheck()
                .within("health.port", port == null ? 1 : port, 1, 65_535)
                .refuseIfWrong();
    }

    @Override
    public HealthVerdict check(Instance instance, Duration timeout) throws IOException {
        URI uri = instance.uri();
        int asked = port == null ? ownPort(uri) : port;
        if (uri.getHost() == null || asked < 0) {
            return HealthVerdict.noAnswer("no host and port in " + uri.getScheme() + " address: set health.port");
        }
        InetSocketAddress address = new InetSocketAddress(uri.getHost().replaceAll("^\\[|]$", ""), asked);
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis())));
        }
        return HealthVerdict.passed();
    }

    private static int ownPort(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equals(uri.getScheme()) ? 443 : "http".equals(uri.getScheme()) ? 80 : -1;
    }
}
