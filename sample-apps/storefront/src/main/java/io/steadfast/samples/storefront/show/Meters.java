package io.steadfast.samples.storefront.show;

import java.util.EnumMap;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.search.Search;
import io.steadfast.bulkhead.BulkheadPolicy;
import io.steadfast.ratelimiter.RateLimiterPolicy;
import org.springframework.stereotype.Component;

/** Reads the meters that every application with the starters has; a dashboard would read the same ones. */
@Component
class Meters {

    private final MeterRegistry registry;

    private final RetriesThatHelped retries;

    private final AttemptsCutOff cutOff;

    private final Visitors visitors;

    Meters(MeterRegistry registry, RetriesThatHelped retries, AttemptsCutOff cutOff, Visitors visitors) {
        this.registry = registry;
        this.visitors = visitors;
        this.retries = retries;
        this.cutOff = cutOff;
    }

    Reading read() {
        Map<Dependency, Activity> activities = new EnumMap<>(Dependency.class);
        for (Dependency dependency : Dependency.values()) {
            activities.put(dependency, activity(dependency));
        }
        return new Reading(visits(), activities, crawl());
    }

    private Activity activity(Dependency dependency) {
        String name = dependency.call();
        return new Activity(
                counted(registry.find("resilience.attempts").tag("name", name)),
                failedRequests(dependency),
                retries.of(name),
                cutOff.of(name),
                refusals(name, BulkheadPolicy.KIND),
                timed(registry.find("resilience.calls").tag("name", name).tag("outcome", "fallback")),
                breaker(name));
    }

    private Visits visits() {
        return new Visits(
                pages(Visitors.WHO, "answered"),
                pages(Visitors.WHO, "degraded"),
                pages(Visitors.WHO, "failed"),
                visitors.longestWait());
    }

    private Crawl crawl() {
        return new Crawl(
                pages(Crawler.WHO, "answered") + pages(Crawler.WHO, "degraded"),
                refusals("pages", RateLimiterPolicy.KIND));
    }

    private long pages(String who, String outcome) {
        return counted(registry.find(Browser.METER).tag("who", who).tag("outcome", outcome));
    }

    private long refusals(String name, String policy) {
        return counted(registry.find("resilience.refusals").tag("name", name).tag("policy", policy));
    }

    /** By Spring's own meter of HTTP clients: no whole answer, or one that says the service failed. */
    private long failedRequests(Dependency dependency) {
        Search requests = registry.find("http.client.requests").tag("uri", dependency.path());
        return requests.timers().stream()
                .filter(Meters::isFailure)
                .mapToLong(Timer::count)
                .sum();
    }

    private static boolean isFailure(Timer requests) {
        return switch (String.valueOf(requests.getId().getTag("outcome"))) {
            case "CLIENT_ERROR" -> false; // the service is well, the question was wrong
            case "SUCCESS" -> !"none".equals(requests.getId().getTag("exception"));
            default -> true;
        };
    }

    private String breaker(String name) {
        return registry.find("resilience.circuit-breaker.state").tag("name", name).gauges().stream()
                .filter(state -> state.value() == 1)
                .map(state -> String.valueOf(state.getId().getTag("state")))
                .findFirst()
                .orElse("");
    }

    private static long timed(Search timers) {
        return timers.timers().stream().mapToLong(Timer::count).sum();
    }

    private static long counted(Search counters) {
        return (long) counters.counters().stream().mapToDouble(Counter::count).sum();
    }
}
