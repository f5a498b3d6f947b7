package io.steadfast.http;

import java.net.URI;

import io.steadfast.core.Call;
import io.steadfast.core.Lease;
import org.jspecify.annotations.Nullable;

/** Where a request goes whose attempt has been given an instance. */
final class LeasedPlace {

    private LeasedPlace() {}

    /**
     * The lease that a request is to use: of the pool that its URL names where others have a host, or of the call of its own client.
     *
     * @return the lease; {@code null} if it has none, and goes where its URL says
     */
    static @Nullable Lease find(@Nullable HttpTarget target, URI uri, @Nullable Call call) {
        String host = null;
        for (Call around = call; around != null; around = around.enclosing()) {
            Lease lease = around.lease();
            if (lease == null) {
                continue;
            }
            host = host == null ? hostOf(uri) : host;
            if (lease.instance().pool().equalsIgnoreCase(host)
                    || (target != null && around.name().equals(target.name()))) {
                return lease;
            }
        }
        return null;
    }

    /**
     * A URL at an instance: its scheme, host, port and path prefix, and all the rest as it was.
     *
     * @param planned the URL; stays as it is if it is there already, or if the instance is none that HTTP knows
     */
    static URI at(URI instance, URI planned) {
        String authority = instance.getRawAuthority();
        if (authority == null || planned.getRawAuthority() == null) {
            return planned;
        }
        String prefix = prefixOf(instance);
        String path = planned.getRawPath();
        boolean there = (path.equals(prefix) || path.startsWith(prefix + "/"))
                && String.valueOf(TargetPlace.originOf(planned)).equals(TargetPlace.originOf(instance));
        if (there) {
            return planned;
        }
        StringBuilder url = new StringBuilder();
        url.append(instance.getScheme() == null ? planned.getScheme() : instance.getScheme())
                .append("://")
                .append(authority)
                .append(prefix)
                .append(path);
        if (planned.getRawQuery() != null) {
            url.append('?').append(planned.getRawQuery());
        }
        if (planned.getRawFragment() != null) {
            url.append('#').append(planned.getRawFragment());
        }
        return URI.create(url.toString());
    }

    private static String prefixOf(URI instance) {
        String path = instance.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** A pool may have a name that is no name of a host, with an underscore for example. */
    private static String hostOf(URI uri) {
        if (uri.getHost() != null) {
            return uri.getHost();
        }
        String authority = TargetPlace.serviceOf(uri);
        if (authority == null) {
            return "";
        }
        int port = authority.indexOf(':');
        return port < 0 ? authority : authority.substring(0, port);
    }
}
