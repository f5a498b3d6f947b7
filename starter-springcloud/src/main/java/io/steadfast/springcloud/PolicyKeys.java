package io.steadfast.springcloud;

import java.beans.PropertyDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.steadfast.spring.InvalidResilienceException;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.Spelling;
import io.steadfast.spring.StartupProblem;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/** The policies that a call without a method can have, and the keys of each. */
final class PolicyKeys {

    /** An instance to start from is for the properties to name. */
    private static final String FOR_PROPERTIES_ALONE = "base";

    /** Whether a key takes several values, by policy and key. */
    private final Map<String, Map<String, Boolean>> lists = new LinkedHashMap<>();

    PolicyKeys(Collection<? extends PolicyProvider<?, ?>> providers) {
        for (PolicyProvider<?, ?> provider : providers) {
            if (!provider.perMethod()) {
                Map<String, Boolean> keys = new LinkedHashMap<>();
                collect(provider.settings(), "", keys);
                lists.put(provider.policy(), keys);
            }
        }
    }

    private static void collect(Class<?> javaBean, String prefix, Map<String, Boolean> keys) {
        for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(javaBean)) {
            String key = prefix + DataObjectPropertyName.toDashedForm(property.getName());
            Class<?> type = property.getPropertyType();
            if (property.getWriteMethod() != null) {
                keys.put(key, type.isArray() || Collection.class.isAssignableFrom(type));
            } else if (!property.getName().equals("class")) {
                collect(type, key + ".", keys); // what cannot be replaced is a group of keys
            }
        }
        keys.remove(FOR_PROPERTIES_ALONE);
    }

    Set<String> policies() {
        return lists.keySet();
    }

    /** The keys of a policy, each with whether it takes several values. */
    Map<String, Boolean> of(String policy) {
        return lists.getOrDefault(policy, Map.of());
    }

    /** Refuses what nobody would read. */
    CallSettings checked(CallSettings settings, String where) {
        List<StartupProblem> problems = new ArrayList<>();
        settings.byPolicy().forEach((policy, values) -> {
            if (!lists.containsKey(policy)) {
                problems.add(unknown("policy '" + policy + "'", policy, where, policies()));
                return;
            }
            values.keySet().stream()
                    .filter(key -> !of(policy).containsKey(key))
                    .forEach(key -> problems.add(unknown(
                            "key '" + key + "' of " + policy,
                            key,
                            where,
                            of(policy).keySet())));
        });
        if (!problems.isEmpty()) {
            throw new InvalidResilienceException(problems);
        }
        return settings;
    }

    private static StartupProblem unknown(String what, String written, String where, Collection<String> known) {
        return new StartupProblem(
                "Nobody reads the " + what,
                where,
                Spelling.nearest(written, known)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("Known here: " + String.join(", ", known) + "."));
    }
}
