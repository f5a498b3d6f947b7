package io.steadfast.dashboard;

import java.util.Map;

/** Headers of every answer below the dashboard's path: the page loads from here alone, and nobody frames it. */
public final class SafetyHeaders {

    /** The headers by name. */
    public static final Map<String, String> ALL = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
                            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin");

    /** Of the files: kept by the browser, asked for each time whether they are still the same. */
    public static final String FILES_CACHE = "no-cache";

    /** Of the API. */
    public static final String API_CACHE = "no-store";

    private SafetyHeaders() {}
}
