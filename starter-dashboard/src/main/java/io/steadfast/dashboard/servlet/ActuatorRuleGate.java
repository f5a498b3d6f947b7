package io.steadfast.dashboard.servlet;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.steadfast.dashboard.Answer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/**
 * Whoever may ask the actuator may see the dashboard, and nobody else: asks the application's own rules of Spring Security what they
 * would say had the same request been sent to {@code /actuator/resilience}. Where they protect nothing there, nothing is protected here.
 */
public final class ActuatorRuleGate implements ViewerGate {

    private final Supplier<@Nullable FilterChainProxy> security;

    private final Supplier<ActuatorTarget> actuator;

    /**
     * A gate.
     *
     * @param security the application's filters; {@code null} if they cannot be read, and then nobody is admitted
     * @param actuator where the actuator's endpoint is
     */
    public ActuatorRuleGate(Supplier<@Nullable FilterChainProxy> security, Supplier<ActuatorTarget> actuator) {
        this.security = security;
        this.actuator = actuator;
    }

    @Override
    public boolean admits(HttpServletRequest request, HttpServletResponse response) throws IOException {
        FilterChainProxy filters = security.get();
        if (filters == null) {
            return refuse(response, 403, "The filters of Spring Security cannot be read here.");
        }
        Authentication viewer = SecurityContextHolder.getContext().getAuthentication();
        ActuatorTarget target = actuator.get();
        if (isPermitted(
                filters, new ActuatorRequest(request, target.path(), target.method(request.getMethod())), viewer)) {
            return true;
        }
        if (chain(filters, request).stream().anyMatch(ExceptionTranslationFilter.class::isInstance)) {
            throw new AccessDeniedException("Whoever may not ask " + target.path() + " may not see the dashboard");
        }
        return viewer == null
                ? refuse(
                        response,
                        401,
                        "No filter chain of Spring Security signs anybody in here. Put DashboardRequest.toDashboard() beside "
                                + "EndpointRequest.toAnyEndpoint() in the chain of the actuator.")
                : refuse(response, 403, "Whoever may not ask " + target.path() + " may not see the dashboard.");
    }

    private static boolean isPermitted(
            FilterChainProxy filters, HttpServletRequest asked, @Nullable Authentication viewer) {
        Optional<AuthorizationFilter> rules = chain(filters, asked).stream()
                .filter(AuthorizationFilter.class::isInstance)
                .map(AuthorizationFilter.class::cast)
                .findFirst();
        if (rules.isEmpty()) {
            return true;
        }
        AuthorizationResult result = rules.get().getAuthorizationManager().authorize(() -> viewer, asked);
        return result != null && result.isGranted();
    }

    private static List<jakarta.servlet.Filter> chain(FilterChainProxy filters, HttpServletRequest request) {
        return filters.getFilterChains().stream()
                .filter(chain -> chain.matches(request))
                .findFirst()
                .map(SecurityFilterChain::getFilters)
                .orElse(List.of());
    }

    static boolean refuse(HttpServletResponse response, int status, String why) throws IOException {
        Answer answer = Answer.problem(status, status == 401 ? "Unauthorized" : "Forbidden", why);
        DashboardController.write(answer, response);
        return false;
    }

    /**
     * Where the actuator's endpoint is.
     *
     * @param path its path, or that of the list of endpoints if it is not exposed
     * @param exposed whether it is
     */
    public record ActuatorTarget(String path, boolean exposed) {

        /** Only the endpoint itself has a rule for writing; the list is only read. */
        String method(String asked) {
            return exposed && asked.equals("POST") ? "POST" : "GET";
        }
    }
}
