package io.steadfast.dashboard.servlet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.steadfast.dashboard.ThisMachine;
import org.jspecify.annotations.Nullable;

/** Admits viewers on this machine. */
public final class LocalGate implements ViewerGate {

    @Override
    public boolean admits(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean forwarded = request.getHeader("X-Forwarded-For") != null || request.getHeader("Forwarded") != null;
        return ThisMachine.has(address(request.getRemoteAddr()), request.getServerName(), forwarded)
                || ActuatorRuleGate.refuse(response, 403, ThisMachine.REFUSAL);
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
