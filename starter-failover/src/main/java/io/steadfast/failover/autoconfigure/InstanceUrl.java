package io.steadfast.failover.autoconfigure;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.steadfast.core.Instance;
import org.jspecify.annotations.Nullable;

/**
 * An address with what is to be known of it: {@code http://10.0.0.1:8080;weight=2;zone=a;id=one;rack=7}. What is neither weight nor
 * zone nor id is metadata.
 */
record InstanceUrl(URI uri, Map<String, String> parameters) {

    private static final int MOST_PORT = 65_535;

    /** @throws IllegalArgumentException if it is none; the message goes on after "that" */
    static InstanceUrl parse(String text) {
        String[] parts = text.trim().split(";", -1);
        URI uri = address(parts[0].trim());
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            addParameter(parts[i].trim(), parameters);
        }
        return new InstanceUrl(uri, parameters);
    }

    private static void addParameter(String text, Map<String, String> parameters) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new IllegalArgumentException("has a parameter '" + text + "' which is not of the form name=value");
        }
        String name = text.substring(0, equals).trim();
        if (parameters.put(name, text.substring(equals + 1).trim()) != null) {
            throw new IllegalArgumentException("says its " + name + " twice");
        }
    }

    private static URI address(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException broken) {
            throw new IllegalArgumentException("is no URL: " + broken.getReason(), broken);
        }
        require(
                uri.getScheme() != null && uri.getRawAuthority() != null,
                "is no URL with a scheme and a host, such as http://10.0.0.1:8080");
        require(uri.getHost() != null, "has no host that DNS would know, or a port that is no number");
        require(
                uri.getPort() == -1 || uri.getPort() >= 1 && uri.getPort() <= MOST_PORT,
                "has a port that is not between 1 and " + MOST_PORT);
        require(uri.getRawUserInfo() == null, "has a user or a password in it; those belong to the client");
        require(
                uri.getRawQuery() == null && uri.getRawFragment() == null,
                "has a query or a fragment; an instance is a scheme, a host, a port, and perhaps a path");
        return withoutSlash(uri);
    }

    /** With and without a slash at its end, an address is the same. */
    private static URI withoutSlash(URI uri) {
        String text = uri.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : uri;
    }

    private static void require(boolean fine, String otherwise) {
        if (!fine) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    Instance instanceOf(String pool) {
        Map<String, String> metadata = new LinkedHashMap<>(parameters);
        String id = metadata.remove("id");
        String zone = metadata.remove("zone");
        int weight = weight(metadata.remove("weight"));
        return new Instance(pool, id == null ? defaultId() : id, uri, weight, zone, metadata);
    }

    private static int weight(@Nullable String text) {
        if (text == null) {
            return 1;
        }
        try {
            int weight = Integer.parseInt(text);
            require(weight >= 0, "has the weight " + weight + ": a weight is 0 or more");
            return weight;
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException("has the weight '" + text + "', which is no whole number", none);
        }
    }

    private String defaultId() {
        return uri.getRawAuthority() + Objects.requireNonNullElse(uri.getRawPath(), "");
    }

    /** For messages, which end in logs. Passwords may contain anything, if they should not be there in the first place. */
    static String withoutSecrets(String text) {
        return text.trim().replaceFirst("(?s)//.*@", "//***@");
    }
}
