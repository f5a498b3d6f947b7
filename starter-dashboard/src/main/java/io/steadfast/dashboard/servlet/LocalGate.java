package io.steadfast.dashboard.servlet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Map;
import java.util.regex.Pattern;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.steadfast.dashboard.ThisMachine;
import org.jspecify.annotations.Nullable;

/**
 * Admits viewers on this machine. It looks at the request as the server got it: a filter that believes forwarded headers takes them
 * away, and would let anybody say that he is here.
 */
public final class LocalGate implements ViewerGate {

    /** Set by Tomcat's {@code RemoteIpValve} where it has replaced the address, after which the headers may be gone. */
    private static final String REPLACED = "org.apache.tomcat.remoteAddr";

    /** Anything else would be looked up as a name. */
    private static final Pattern NUMBER = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%.*)?");

    private final ThisMachine machine;

    private final Map<String, String> headers;

    /**
     * A gate.
     *
     * @param machine tells who is here
     * @param headers of refusals, too
     */
    public LocalGate(ThisMachine machine, Map<String, String> headers) {
        this.machine = machine;
        this.headers = headers;
    }

    @Override
    public boolean admits(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpServletRequest got = asReceived(request);
        boolean replaced = got.getAttribute(REPLACED) != null;
        if (machine.has(
                replaced ? null : address(got.getRemoteAddr()),
                Collections.list(got.getHeaderNames()),
                got::getHeader)) {
            return true;
        }
        headers.forEach(response::setHeader);
        return ActuatorRuleGate.refuse(response, 403, ThisMachine.REFUSAL);
    }

    private static HttpServletRequest asReceived(HttpServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return inner instanceof HttpServletRequest received ? received : request;
    }

    private static @Nullable InetAddress address(@Nullable String text) {
        try {
            return text != null && NUMBER.matcher(text).matches() ? InetAddress.getByName(text) : null;
        } catch (UnknownHostException noAddress) {
            return null;
        }
    }
}
