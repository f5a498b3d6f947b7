package io.steadfast.dashboard.servlet;

import java.util.function.Supplier;
import jakarta.servlet.http.HttpServletRequest;

import io.steadfast.dashboard.DashboardPath;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.security.web.servlet.ApplicationContextRequestMatcher;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.context.WebApplicationContext;

/**
 * For the security filter chain of an application: the dashboard, wherever it is served. To stand beside
 * {@code EndpointRequest.toAnyEndpoint()}.
 */
public final class DashboardRequest extends ApplicationContextRequestMatcher<WebApplicationContext> {

    private volatile @Nullable RequestMatcher matcher;

    private DashboardRequest() {
        super(WebApplicationContext.class);
    }

    /**
     * The page and all below it. Matches nothing where the dashboard is off.
     *
     * @return a matcher
     */
    public static RequestMatcher toDashboard() {
        return new DashboardRequest();
    }

    @Override
    protected void initialized(Supplier<WebApplicationContext> found) {
        WebApplicationContext context = found.get();
        DashboardPath path = context.getBeanProvider(DashboardPath.class).getIfAvailable();
        if (path != null) {
            DispatcherServletPath servlet =
                    context.getBeanProvider(DispatcherServletPath.class).getIfAvailable();
            matcher = PathPatternRequestMatcher.pathPattern(
                    (servlet == null ? path.value() : servlet.getRelativePath(path.value())) + "/**");
        }
    }

    @Override
    protected boolean matches(HttpServletRequest request, Supplier<WebApplicationContext> context) {
        RequestMatcher found = matcher;
        return found != null && found.matches(request);
    }
}
