package io.steadfast.failover.autoconfigure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.steadfast.core.Instance;
import io.steadfast.core.SettingsCheck;
import org.jspecify.annotations.Nullable;

/** Reads a list of addresses. Reports everything that is wrong at once, so that it can be mended at once. */
final class InstanceUrls {

    private static final String KEY = "urls";

    private final String pool;

    private final List<String> urls;

    private final SettingsCheck check = new SettingsCheck();

    InstanceUrls(String pool, List<String> urls) {
        this.pool = pool;
        this.urls = urls;
    }

    /**
     * The instances.
     *
     * @param ownZone where the application stands; {@code null} if nobody says
     * @throws io.steadfast.core.InvalidSettingsException if an address is none, or they do not go together
     */
    List<Instance> read(@Nullable String ownZone) {
        List<Instance> instances = new ArrayList<>();
        for (String url : urls) {
            Instance instance = instanceOf(url);
            if (instance != null) {
                instances.add(instance);
            }
        }
        check.refuseIfWrong(); // further down, one that is missing would be blamed on others
        checkTogether(instances);
        checkZone(instances, ownZone);
        check.refuseIfWrong();
        return List.copyOf(instances);
    }

    private @Nullable Instance instanceOf(String text) {
        try {
            return InstanceUrl.parse(text).instanceOf(pool);
        } catch (IllegalArgumentException wrong) {
            check.that(
                    false, "has an entry '" + InstanceUrl.withoutSecrets(text) + "' that " + wrong.getMessage(), KEY);
            return null;
        }
    }

    private void checkTogether(List<Instance> instances) {
        Map<String, Instance> byId = new HashMap<>();
        Set<Object> addresses = new HashSet<>();
        for (Instance instance : instances) {
            boolean newAddress = addresses.add(instance.uri());
            check.that(newAddress, "names " + instance.uri() + " twice", KEY);
            boolean newId = byId.putIfAbsent(instance.id(), instance) == null;
            check.that(newId || !newAddress, "has two instances with the id " + instance.id(), KEY);
        }
        check.that(
                instances.stream().anyMatch(instance -> instance.weight() > 0),
                "gives every instance the weight 0, so none would ever be called",
                KEY);
    }

    /** Where no address names a zone, that of the application is simply of no use. */
    private void checkZone(List<Instance> instances, @Nullable String ownZone) {
        Set<String> zones = new TreeSet<>();
        for (Instance instance : instances) {
            String zone = instance.zone();
            if (zone != null) {
                zones.add(zone);
            }
        }
        check.that(
                ownZone == null || zones.isEmpty() || zones.contains(ownZone),
                "do not go together: no instance is in zone '" + ownZone + "', they are in " + String.join(", ", zones),
                "zone",
                KEY);
    }
}
