package io.steadfast.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/**
 * Clients by name and by place. Not changed any more once it is made.
 *
 * @param byName in the order they were configured in
 * @param byPlace by scheme and authority, or by service; the most specific first
 */
record LinedUp(Map<String, HttpTarget> byName, Map<String, List<Claim>> byPlace) {

    static LinedUp of(Collection<HttpTarget> targets) {
        LinedUp made = new LinedUp(new LinkedHashMap<>(), new HashMap<>());
        SettingsCheck check = new SettingsCheck();
        for (HttpTarget target : targets) {
            check.that(made.byName.put(target.name(), target) == null, "is the name of two clients", target.name());
            made.claim(target, check);
        }
        check.refuseIfWrong();
        made.byPlace.values().forEach(claims -> claims.sort(Comparator.comparing(Claim::template)));
        return made;
    }

    @Nullable
    HttpTarget find(URI uri) {
        if (byPlace.isEmpty()) {
            return null;
        }
        HttpTarget found = find(byPlace.get(TargetPlace.originOf(uri)), uri);
        return found != null ? found : find(byPlace.get("//" + TargetPlace.serviceOf(uri)), uri);
    }

    private void claim(HttpTarget target, SettingsCheck check) {
        List<Claim> claims = byPlace.computeIfAbsent(target.place().base(), any -> new ArrayList<>());
        for (PathTemplate template : target.place().templates()) {
            claims.stream()
                    .filter(other -> other.template().equals(template))
                    .findFirst()
                    .ifPresent(other -> check.that(
                            false,
                            "both claim " + target.place().base() + template + ": let one of them have other paths",
                            other.target().name(),
                            target.name()));
            claims.add(new Claim(template, target));
        }
    }

    private static @Nullable HttpTarget find(@Nullable List<Claim> claims, URI uri) {
        if (claims == null) {
            return null;
        }
        String path = uri.normalize().getRawPath();
        List<String> segments = PathTemplate.segments(path == null ? "" : path);
        for (Claim claim : claims) {
            if (claim.template().matches(segments)) {
                return claim.target();
            }
        }
        return null;
    }

    private record Claim(PathTemplate template, HttpTarget target) {}
}
