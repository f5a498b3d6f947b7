package io.steadfast.spring.steer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ObjectUtils;

/**
 * The property source that wins over all others while changes are in force. It is not there while there are none. Contexts may share
 * an environment, so each has a source of its own.
 */
final class Overlay {

    private final String name = "changes by hand of resilience settings @" + ObjectUtils.getIdentityHexString(this);

    private final MutablePropertySources sources;

    Overlay(ConfigurableEnvironment environment) {
        this.sources = environment.getPropertySources();
    }

    /** Sets what these changes set, and nothing else. Of several that set the same, the last wins. */
    void show(List<Standing> changes) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = changes.size() - 1;
                i >= 0;
                i--) { // names that are the same to properties: the first in the source wins
            Standing standing = changes.get(i);
            Origin origin = new ByHand(origin(standing.change()));
            standing.properties()
                    .forEach((key, value) -> values.putIfAbsent(key, OriginTrackedValue.of(value, origin)));
        }
        if (values.isEmpty()) {
            sources.remove(name);
            return;
        }
        PropertySource<?> source = new OriginTrackedMapPropertySource(name, values, true);
        PropertySource<?> present = sources.get(name);
        if (present != null && sources.precedenceOf(present) == 0) {
            sources.replace(name, source); // at one stroke: nobody sees the environment without it
        } else {
            sources.addFirst(source);
        }
    }

    static String origin(LiveChange change) {
        return "changed by " + change.by().orElse("hand") + " (" + change.id() + ")"
                + change.until().map(until -> " until " + until).orElse("");
    }

    /** Where such a value comes from. */
    private record ByHand(String text) implements Origin {

        @Override
        public String toString() {
            return text;
        }
    }
}
