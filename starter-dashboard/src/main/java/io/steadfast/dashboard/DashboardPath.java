package io.steadfast.dashboard;

import java.util.regex.Pattern;

/**
 * Where the dashboard is served, below the context path of the server that serves it.
 *
 * @param value begins with a slash and does not end with one, for example {@code /resilience}
 */
public record DashboardPath(String value) {

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]*[A-Za-z0-9_~-])+");

    /**
     * A path.
     *
     * @param value the path; a slash at its end is dropped
     * @throws IllegalArgumentException if it is the root or contains what would have to be escaped
     */
    public DashboardPath {
        value = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
        if (!PATH.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "A path begins with / and consists of letters, digits, '.', '_', '~' and '-', for example /resilience or /ops/resilience.");
        }
    }

    /**
     * Where a request without the slash at the end is sent, so that the page's relative addresses lead below this path whatever stands
     * before it.
     *
     * @return an address relative to this path
     */
    public String redirection() {
        return value.substring(value.lastIndexOf('/') + 1) + "/";
    }
}
