package io.steadfast.springcloud;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/** Reads what the properties say about a name, for the calls of a group to start from. */
final class PropertiesOfName {

    private final Environment environment;

    private final PolicyKeys keys;

    private final SingletonSupplier<Set<String>> names = SingletonSupplier.of(this::allNames);

    PropertiesOfName(Environment environment, PolicyKeys keys) {
        this.environment = environment;
        this.keys = keys;
    }

    /** What is configured under a name, and under the bases it names, as text: who uses it converts it, and reports what does not fit. */
    CallSettings of(String name) {
        Binder binder = Binder.get(environment);
        Map<String, Map<String, Object>> found = new LinkedHashMap<>();
        for (String policy : keys.policies()) {
            Map<String, Object> values = new LinkedHashMap<>();
            List<String> chain = new ArrayList<>();
            for (String instance = name; instance != null && !chain.contains(instance); ) {
                chain.add(instance);
                String place = place(policy, instance);
                keys.of(policy)
                        .forEach((key, several) -> binder.bind(place + key, text(several))
                                .ifBound(value -> values.putIfAbsent(key, value)));
                instance = binder.bind(place + "base", String.class).orElse(null);
            }
            if (!values.isEmpty()) {
                found.put(policy, values);
            }
        }
        return new CallSettings(found);
    }

    /** Whether any property names an instance so. */
    boolean mention(String name) {
        return names.obtain().contains(uniform(name));
    }

    private Set<String> allNames() {
        Binder binder = Binder.get(environment);
        Set<String> found = new HashSet<>();
        for (String policy : keys.policies()) {
            binder.bind("resilience." + policy + ".instances", Bindable.mapOf(String.class, Object.class))
                    .ifBound(instances -> instances.keySet().forEach(name -> found.add(uniform(name))));
        }
        return found;
    }

    private static String uniform(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "");
    }

    private static Bindable<?> text(boolean several) {
        return several ? Bindable.listOf(String.class) : Bindable.of(String.class);
    }

    /** Boot compares plain names without regard to case and dashes, names in brackets to the letter. */
    private static String place(String policy, String instance) {
        String plain = instance.toLowerCase(Locale.ROOT);
        String element = ConfigurationPropertyName.isValid(plain) ? "." + plain : "[" + instance + "]";
        return "resilience." + policy + ".instances" + element + ".";
    }
}
