package io.steadfast.dashboard.servlet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.steadfast.dashboard.ThisMachine;
import org.jspecify.annotations.Nullable;

/**
 * Admits viewers on this machine. Reads the request as the server made it: filters may have put what a proxy says, or says to be, in the
 * place of what the connection is.
 */
public final class LocalGate implements ViewerGate {

    private final boolean believesProxies;

    /**
     * A gate.
     *
     * @param believesProxies whether the server takes what headers say of a viewer for the truth; then nobody is admitted
     */
    public LocalGate(boolean believesProxies) {
        this.believesProxies = believesProxies;
    }

    @Override
    public boolean admits(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (believesProxies) {
            return ActuatorRuleGate.refuse(response, 403, ThisMachine.REFUSAL_BEHIND_PROXIES);
        }
        HttpServletRequest original = original(request);
        return ThisMachine.has(
                        address(original.getRemoteAddr()),
                        original.getServerName(),
                        Collections.list(original.getHeaderNames()))
                || ActuatorRuleGate.refuse(response, 403, ThisMachine.REFUSAL);
    }

    private static HttpServletRequest original(HttpServletRequest request) {
        ServletRequest innermost = request;
        while (innermost instanceof ServletRequestWrapper wrapper) {
            innermost = wrapper.getRequest();
        }
        return innermost instanceof HttpServletRequest http ? http : request;
    }

    /** It is a number, so nobody is asked for it. */
    private static @Nullable InetAddress address(@Nullable String text) {
        try {
            return text == null ? null : InetAddress.getByName(text);
        } catch (UnknownHostException noAddress) {
            return null;
        }
    }
}
