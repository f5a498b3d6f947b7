package io.steadfast.dashboard.servlet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.MappingMatch;

import org.jspecify.annotations.Nullable;

/**
 * The same request, had it been sent to the actuator: by the same viewer, from the same address, but to another path. Attributes set on
 * it, such as parsed paths, stay here.
 */
final class ActuatorRequest extends HttpServletRequestWrapper {

    private final String path;

    private final String method;

    private final Map<String, Object> attributes = new LinkedHashMap<>();

    ActuatorRequest(HttpServletRequest original, String path, String method) {
        super(original);
        this.path = path;
        this.method = method;
    }

    private boolean isBelowServletPath() {
        return getHttpServletMapping().getMappingMatch() == MappingMatch.PATH;
    }

    @Override
    public String getServletPath() {
        return isBelowServletPath() ? super.getServletPath() : path;
    }

    @Override
    public @Nullable String getPathInfo() {
        return isBelowServletPath() ? path : null;
    }

    @Override
    public @Nullable String getPathTranslated() {
        return null;
    }

    @Override
    public String getRequestURI() {
        return getContextPath() + (isBelowServletPath() ? super.getServletPath() : "") + path;
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(getScheme() + "://" + DashboardController.host(this) + getRequestURI());
    }

    @Override
    public @Nullable String getQueryString() {
        return null;
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public java.util.Enumeration<String> getAttributeNames() {
        return Collections.enumeration(attributes.keySet());
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
    }
}
