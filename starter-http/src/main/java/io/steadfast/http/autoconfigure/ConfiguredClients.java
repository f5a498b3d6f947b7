package io.steadfast.http.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.steadfast.core.InvalidSettingsException;
import io.steadfast.core.InvalidSettingsException.Problem;
import io.steadfast.core.Pipeline;
import io.steadfast.http.HttpRules;
import io.steadfast.http.HttpSurroundings;
import io.steadfast.http.HttpTarget;
import io.steadfast.http.HttpTargets;
import io.steadfast.http.StatusTable;
import io.steadfast.spring.InvalidResilienceException;
import io.steadfast.spring.StartupProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/**
 * The clients under {@code resilience.http.clients}. Refuses what makes no sense with the place where it was set, all of it at once; a
 * value of the wrong type is refused by Boot itself.
 */
final class ConfiguredClients {

    private static final ConfigurationPropertyName DEFAULTS = ConfigurationPropertyName.of("resilience.http.defaults");

    private static final ConfigurationPropertyName CLIENTS = ConfigurationPropertyName.of("resilience.http.clients");

    private static final String NONE = "none";

    private final Binder binder;

    private final PropertyOrigins origins;

    private final Guards guards;

    private final List<StartupProblem> problems = new ArrayList<>();

    /** Makes the policies of a client, by its name. */
    interface Guards {

        Supplier<Pipeline> guard(String client);
    }

    ConfiguredClients(Environment environment, Guards guards) {
        this.binder = Binder.get(environment);
        this.origins = new PropertyOrigins(environment);
        this.guards = guards;
    }

    HttpTargets read(HttpSurroundings surroundings) {
        List<HttpTarget> targets = new ArrayList<>();
        for (String name : names()) {
            HttpTarget target = read(name);
            if (target != null) {
                targets.add(target);
            }
        }
        try {
            HttpTargets all = new HttpTargets(targets, surroundings);
            refuseIfWrong();
            return all;
        } catch (InvalidSettingsException clash) {
            clash.problems().forEach(this::addClash);
            throw new InvalidResilienceException(problems);
        }
    }

    private Set<String> names() {
        return binder.bind(CLIENTS, Bindable.mapOf(String.class, Object.class))
                .map(Map::keySet)
                .orElse(Set.of());
    }

    private @Nullable HttpTarget read(String name) {
        ConfigurationPropertyName root = CLIENTS.append("[" + name + "]");
        HttpProperties.Client settings = new HttpProperties.Client();
        binder.bind(DEFAULTS, Bindable.<HttpProperties.Settings>ofInstance(settings));
        binder.bind(root, Bindable.ofInstance(settings));
        try {
            HttpRules rules = rules(settings);
            LateGuard guard = new LateGuard();
            HttpTarget target = settings.getServiceId() != null && settings.getBaseUrl() == null
                    ? HttpTarget.ofService(name, settings.getServiceId(), settings.getPaths(), rules, guard)
                    : HttpTarget.at(name, baseUrl(settings), settings.getPaths(), rules, guard);
            guard.pipeline = guards.guard(name);
            return target;
        } catch (InvalidSettingsException wrong) {
            wrong.problems().forEach(problem -> add(name, root, problem));
            return null;
        }
    }

    private static String baseUrl(HttpProperties.Client settings) {
        String baseUrl = settings.getBaseUrl();
        if ((baseUrl == null) == (settings.getServiceId() == null)) {
            throw new InvalidSettingsException(List.of(new Problem(
                    List.of("base-url", "service-id"),
                    baseUrl == null ? "are both missing: set one of them" : "are both set: remove one of them")));
        }
        return String.valueOf(baseUrl);
    }

    private static HttpRules rules(HttpProperties.Settings settings) {
        String header = settings.getDeadline().getHeader();
        return HttpRules.builder()
                .statuses(StatusTable.standard().with(settings.getStatuses()))
                .retryMethods(settings.getRetryMethods())
                .idempotencyKey(settings.isIdempotencyKey())
                .idempotencyKeyHeader(settings.getIdempotencyKeyHeader())
                .retryBelow(settings.isRetryBelow())
                .pushBackCap(settings.getPushBack().getCap())
                .quiet(settings.getPushBack().isQuiet())
                .deadlineHeader(header.equalsIgnoreCase(NONE) ? null : header)
                .deadlineMargin(settings.getDeadline().getMargin())
                .attemptHeader(settings.isAttemptHeader())
                .maxBufferedBody(settings.getMaxBufferedBody().toBytes())
                .build();
    }

    private void add(String client, ConfigurationPropertyName root, Problem problem) {
        Set<String> places = new LinkedHashSet<>();
        for (String key : problem.keys()) {
            String own = key.equals("name") ? null : origins.of(root.append(key));
            String inherited = own != null || key.equals("name") ? own : origins.of(DEFAULTS.append(key));
            places.add(inherited == null ? String.valueOf(origins.of(root)) : inherited);
        }
        problems.add(new StartupProblem(
                "HTTP client '" + client + "': " + problem,
                String.join(", ", places),
                "Correct it under resilience.http.clients, or remove it."));
    }

    private void addClash(Problem clash) {
        Set<String> places = new LinkedHashSet<>();
        clash.keys().forEach(client -> places.add(String.valueOf(origins.of(CLIENTS.append("[" + client + "]")))));
        problems.add(new StartupProblem(
                "HTTP clients " + clash, String.join(", ", places), "Each place belongs to one client."));
    }

    private void refuseIfWrong() {
        if (!problems.isEmpty()) {
            throw new InvalidResilienceException(problems);
        }
    }

    /** The guard is asked for when it is known that the client makes sense. */
    private static final class LateGuard implements Supplier<Pipeline> {

        private Supplier<Pipeline> pipeline = () -> {
            throw new IllegalStateException("Not guarded yet");
        };

        @Override
        public Pipeline get() {
            return pipeline.get();
        }
    }
}
