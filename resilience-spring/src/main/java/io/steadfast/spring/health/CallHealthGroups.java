package io.steadfast.spring.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

import io.steadfast.spring.InvalidResilienceException;
import io.steadfast.spring.StartupProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.AdditionalPathsMapper;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;

/**
 * Says where the health of calls counts: the contributor {@value #READINESS} belongs to the group {@code readiness} and to no other, so that
 * users need to name calls only; neither belongs to the group {@code liveness}, because to restart an instance mends no dependency of it.
 */
public final class CallHealthGroups implements HealthEndpointGroupsPostProcessor {

    /** The contributor that speaks for the calls that an instance is not ready without. */
    public static final String READINESS = "resilienceReadiness";

    /** The contributor that shows all calls. */
    public static final String ALL = "resilience";

    private final boolean wanted;

    private final Set<String> inLiveness;

    private final String origin;

    /**
     * Groups.
     *
     * @param wanted whether an instance is not ready without some calls
     * @param inLiveness the contributors that the application puts into the group {@code liveness}
     * @param origin where the calls are named
     */
    public CallHealthGroups(boolean wanted, Set<String> inLiveness, String origin) {
        this.wanted = wanted;
        this.inLiveness = Set.copyOf(inLiveness);
        this.origin = origin;
    }

    @Override
    public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
        refuseInLiveness();
        if (wanted && groups.get("readiness") == null) {
            throw new InvalidResilienceException(List.of(new StartupProblem(
                    "Calls are named that this instance is not ready without, but its health has no group 'readiness'",
                    origin,
                    "Remove management.endpoint.health.probes.enabled: false, or the names.")));
        }
        return new Groups(groups, wanted);
    }

    private void refuseInLiveness() {
        for (String name : List.of(ALL, READINESS)) {
            if (inLiveness.contains(name)) {
                throw new InvalidResilienceException(List.of(new StartupProblem(
                        "The health of calls may not decide whether this instance is alive: to restart it would mend no"
                                + " dependency, and take away those that work",
                        "management.endpoint.health.group.liveness.include: " + name,
                        "Remove it; resilience.health.readiness names calls that an instance is not ready without.")));
            }
        }
    }

    /**
     * All groups are looked at afresh: those of the probes are made on the way. Boot's security rules ask the same bean for the paths
     * of the probes.
     */
    private static final class Groups implements HealthEndpointGroups, AdditionalPathsMapper {

        private final HealthEndpointGroups groups;

        private final HealthEndpointGroup primary;

        private final Map<String, HealthEndpointGroup> additional = new LinkedHashMap<>();

        Groups(HealthEndpointGroups groups, boolean wanted) {
            this.groups = groups;
            this.primary = new Group(groups.getPrimary(), (name, member) -> member && !name.equals(READINESS));
            for (String name : groups.getNames()) {
                HealthEndpointGroup group = groups.get(name);
                if (group != null) {
                    additional.put(name, new Group(group, rule(name, wanted)));
                }
            }
        }

        private static BiFunction<String, Boolean, Boolean> rule(String group, boolean wanted) {
            return switch (group) {
                case "liveness" -> (name, member) -> member && !name.equals(ALL) && !name.equals(READINESS);
                case "readiness" -> (name, member) -> name.equals(READINESS) ? wanted : member;
                default -> (name, member) -> member && !name.equals(READINESS);
            };
        }

        @Override
        public HealthEndpointGroup getPrimary() {
            return primary;
        }

        @Override
        public Set<String> getNames() {
            return groups.getNames();
        }

        @Override
        public @Nullable HealthEndpointGroup get(String name) {
            return additional.get(name);
        }

        @Override
        public @Nullable List<String> getAdditionalPaths(EndpointId endpoint, WebServerNamespace namespace) {
            return groups instanceof AdditionalPathsMapper mapper
                    ? mapper.getAdditionalPaths(endpoint, namespace)
                    : null;
        }
    }

    /** A group with other members. */
    private record Group(HealthEndpointGroup group, BiFunction<String, Boolean, Boolean> rule)
            implements HealthEndpointGroup {

        @Override
        public boolean isMember(String name) {
            return rule.apply(name, group.isMember(name));
        }

        @Override
        public boolean showComponents(SecurityContext securityContext) {
            return group.showComponents(securityContext);
        }

        @Override
        public boolean showDetails(SecurityContext securityContext) {
            return group.showDetails(securityContext);
        }

        @Override
        public StatusAggregator getStatusAggregator() {
            return group.getStatusAggregator();
        }

        @Override
        public HttpCodeStatusMapper getHttpCodeStatusMapper() {
            return group.getHttpCodeStatusMapper();
        }

        @Override
        public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
            return group.getAdditionalPath();
        }
    }
}
