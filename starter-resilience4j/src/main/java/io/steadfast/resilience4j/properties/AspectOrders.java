package io.steadfast.resilience4j.properties;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.Ordered;

/**
 * The order of policies that the orders of resilience4j's aspects make. Without any of them it is
 * Retry(CircuitBreaker(RateLimiter(TimeLimiter(Bulkhead)))), which is ours too.
 */
final class AspectOrders {

    private static final List<ForeignPolicy> OUTERMOST_FIRST = List.of(
            ForeignPolicy.RETRY,
            ForeignPolicy.CIRCUIT_BREAKER,
            ForeignPolicy.RATE_LIMITER,
            ForeignPolicy.TIME_LIMITER,
            ForeignPolicy.BULKHEAD);

    private final Map<ForeignPolicy, ForeignSection> sections;

    AspectOrders(Map<ForeignPolicy, ForeignSection> sections) {
        this.sections = sections;
    }

    void addTo(Map<String, Object> properties, UnaryOperator<String> placeholders) {
        Origin origin = null;
        List<Aspect> aspects = new ArrayList<>();
        for (ForeignPolicy policy : OUTERMOST_FIRST) {
            ForeignProperty set = set(policy);
            Integer order =
                    set == null ? null : number(placeholders.apply(set.value().toString()));
            if (set != null && order != null && origin == null) {
                origin = set.origin();
            }
            int implied = Ordered.LOWEST_PRECEDENCE - OUTERMOST_FIRST.size() + aspects.size();
            aspects.add(new Aspect(policy, order == null ? implied : order));
        }
        if (origin != null) {
            aspects.sort(Comparator.comparingInt(Aspect::order));
            properties.put("resilience.order", OriginTrackedValue.of(String.join(",", places(aspects)), origin));
        }
    }

    private @Nullable ForeignProperty set(ForeignPolicy policy) {
        ForeignSection section = sections.get(policy);
        return section == null ? null : section.own(policy.orderKey());
    }

    private static List<String> places(List<Aspect> aspects) {
        List<String> places = new ArrayList<>(List.of("fallback", "timeout.total"));
        for (Aspect aspect : aspects) {
            places.add(aspect.policy().ours());
            if (aspect.policy() == ForeignPolicy.RETRY) {
                places.addAll(List.of("hedge", "failover"));
            }
        }
        return places;
    }

    private static @Nullable Integer number(String text) {
        try {
            return Integer.valueOf(text.trim());
        } catch (NumberFormatException none) {
            return null;
        }
    }

    private record Aspect(ForeignPolicy policy, int order) {}
}
