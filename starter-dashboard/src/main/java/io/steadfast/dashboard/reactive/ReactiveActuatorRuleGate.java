package io.steadfast.dashboard.reactive;

import java.util.List;
import java.util.function.Supplier;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authorization.AuthorizationWebFilter;
import org.springframework.security.web.server.authorization.ExceptionTranslationWebFilter;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Whoever may ask the actuator may see the dashboard, and nobody else: asks the application's own rules of Spring Security what they
 * would say had the same request been sent to {@code /actuator/resilience}. Where they protect nothing there, nothing is protected here.
 */
public final class ReactiveActuatorRuleGate implements ReactiveViewerGate {

    private final Supplier<List<SecurityWebFilterChain>> security;

    private final Supplier<ActuatorTarget> actuator;

    /**
     * A gate.
     *
     * @param security the application's filter chains; none if they cannot be read, and then nobody is admitted
     * @param actuator where the actuator's endpoint is
     */
    public ReactiveActuatorRuleGate(
            Supplier<List<SecurityWebFilterChain>> security, Supplier<ActuatorTarget> actuator) {
        this.security = security;
        this.actuator = actuator;
    }

    @Override
    public Mono<Void> admit(ServerWebExchange exchange) {
        List<SecurityWebFilterChain> chains = security.get();
        if (chains.isEmpty()) {
            return Mono.error(new ResponseStatusException(
                    HttpStatus.FORBIDDEN, "The filter chains of Spring Security cannot be read here."));
        }
        ActuatorTarget target = actuator.get();
        ServerWebExchange asked = exchange.mutate()
                .request(request -> request.method(
                                target.method(exchange.getRequest().getMethod()))
                        .path(exchange.getRequest().getPath().contextPath().value() + target.path()))
                .build();
        return filters(chains, asked, AuthorizationWebFilter.class)
                .concatMap(rules -> rules.filter(asked, granted -> Mono.empty()))
                .then()
                .onErrorResume(AccessDeniedException.class, denied -> refuse(chains, exchange, denied));
    }

    /** The application's filters answer, with a challenge where there is one; without such filters, WebFlux does. */
    private static Mono<Void> refuse(
            List<SecurityWebFilterChain> chains, ServerWebExchange exchange, AccessDeniedException denied) {
        return filters(chains, exchange, ExceptionTranslationWebFilter.class)
                .hasElements()
                .flatMap(answers -> Mono.error(
                        answers
                                ? denied
                                : new ResponseStatusException(
                                        HttpStatus.UNAUTHORIZED,
                                        "No filter chain of Spring Security signs anybody in here. Put "
                                                + "DashboardRequest.toDashboard() into the chain of the actuator.")));
    }

    private static <T> Flux<T> filters(List<SecurityWebFilterChain> chains, ServerWebExchange exchange, Class<T> type) {
        return Flux.fromIterable(chains)
                .filterWhen(chain -> chain.matches(exchange))
                .next()
                .flatMapMany(SecurityWebFilterChain::getWebFilters)
                .ofType(type);
    }

    /**
     * Where the actuator's endpoint is.
     *
     * @param path its path, or that of the list of endpoints if it is not exposed
     * @param exposed whether it is
     */
    public record ActuatorTarget(String path, boolean exposed) {

        /** Only the endpoint itself has a rule for writing; the list is only read. */
        HttpMethod method(HttpMethod asked) {
            return exposed && asked.equals(HttpMethod.POST) ? HttpMethod.POST : HttpMethod.GET;
        }
    }
}
