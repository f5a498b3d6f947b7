package io.steadfast.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/**
 * Where the requests of an HTTP client go: to a base URL, or to a service that is known by its id, and there everywhere or to some paths.
 *
 * @param base scheme, authority and path prefix, in lower case as far as case does not matter
 * @param templates the paths; at least one
 */
record TargetPlace(String base, List<PathTemplate> templates) {

    private static final int MOST_TEMPLATES = 100;

    private static final Pattern SERVICE_ID = Pattern.compile("[\\w.-]+");

    static TargetPlace of(@Nullable String baseUrl, @Nullable String serviceId, List<String> paths) {
        SettingsCheck check = new SettingsCheck()
                .that((baseUrl == null) != (serviceId == null), "must be set, one of the two", "base-url", "service-id")
                .that(
                        paths.size() <= MOST_TEMPLATES,
                        "must be at most " + MOST_TEMPLATES + ", but are " + paths.size()
                                + ": use {name} for what varies",
                        "paths");
        paths.forEach(one -> check.that(
                PathTemplate.complaint(one).isEmpty(),
                "has '" + one + "', which " + PathTemplate.complaint(one),
                "paths"));
        check.that(
                serviceId == null || SERVICE_ID.matcher(serviceId).matches(),
                "must be the id of a service, but is '" + serviceId + "'",
                "service-id");
        URI base = baseUrl == null ? null : parse(baseUrl, check);
        check.refuseIfWrong();
        String authority = base == null
                ? "//" + Objects.requireNonNull(serviceId).toLowerCase(Locale.ROOT)
                : Objects.requireNonNull(originOf(base));
        String path = base == null ? null : base.normalize().getRawPath();
        String prefix = path == null ? "" : path;
        List<PathTemplate> templates = paths.isEmpty()
                ? List.of(PathTemplate.below(prefix))
                : paths.stream()
                        .map(one -> PathTemplate.of(prefix, one))
                        .distinct()
                        .toList();
        return new TargetPlace(authority, templates);
    }

    /** The place of a request by its URL: scheme, host and port; {@code null} if the URL has none. */
    static @Nullable String originOf(URI uri) {
        String scheme = uri.getScheme();
        String service = serviceOf(uri);
        if (scheme == null || service == null) {
            return null;
        }
        String lower = scheme.toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || uri.getPort() >= 0) {
            return lower + "://" + service;
        }
        return lower + "://" + service + (lower.equals("https") ? ":443" : lower.equals("http") ? ":80" : "");
    }

    /** The authority, which may be the id of a service: without user, and with a port only if it is written. */
    static @Nullable String serviceOf(URI uri) {
        String authority = uri.getRawAuthority();
        return authority == null
                ? null
                : authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    private static @Nullable URI parse(String baseUrl, SettingsCheck check) {
        if (baseUrl.contains("{")) {
            check.that(
                    false,
                    "must be a fixed address, but is '" + baseUrl
                            + "': each value of a variable would be a target of its own",
                    "base-url");
            return null;
        }
        URI uri = null;
        try {
            uri = URI.create(baseUrl.trim());
        } catch (IllegalArgumentException noUrl) {
            // said below
        }
        boolean fine = uri != null
                && originOf(uri) != null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getRawUserInfo() == null;
        check.that(
                fine,
                "must be a URL with scheme and host, without user, query and fragment, but is '" + baseUrl + "'",
                "base-url");
        return fine ? uri : null;
    }
}
