package io.steadfast.http.feign;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Headers as Feign has them, by names in any case. */
final class FeignHeaders {

    private FeignHeaders() {}

    static List<String> all(@Nullable Map<String, Collection<String>> headers, String name) {
        if (headers == null) {
            return List.of();
        }
        return headers.entrySet().stream()
                .filter(header -> name.equalsIgnoreCase(header.getKey()))
                .flatMap(header -> header.getValue().stream())
                .toList();
    }

    static @Nullable String first(Map<String, Collection<String>> headers, String name) {
        List<String> values = all(headers, name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** The headers with others in place of those of the same name. */
    static Map<String, Collection<String>> with(Map<String, Collection<String>> headers, Map<String, String> added) {
        Map<String, Collection<String>> all = new LinkedHashMap<>(headers);
        added.forEach((name, value) -> {
            all.keySet().removeIf(name::equalsIgnoreCase);
            all.put(name, List.of(value));
        });
        return all;
    }
}
