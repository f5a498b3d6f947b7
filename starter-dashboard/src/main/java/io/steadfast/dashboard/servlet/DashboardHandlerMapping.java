package io.steadfast.dashboard.servlet;

import java.util.Map;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.steadfast.dashboard.DashboardPath;
import io.steadfast.dashboard.SafetyHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Maps the dashboard and nothing else, in whichever server it is in: the application's or the one for management. It stands apart from
 * the application's own mapping, so that no prefix, interceptor or CORS rule meant for controllers changes it.
 */
public final class DashboardHandlerMapping extends RequestMappingHandlerMapping {

    /** Like the actuator's, before catch-all mappings of the application. */
    private static final int ORDER = -90;

    private final DashboardController controller;

    private final boolean shown;

    /**
     * A mapping.
     *
     * @param controller what is mapped
     * @param shown whether anything is
     * @param path where
     * @param gate who may
     */
    public DashboardHandlerMapping(DashboardController controller, boolean shown, DashboardPath path, ViewerGate gate) {
        this.controller = controller;
        this.shown = shown;
        setOrder(ORDER);
        setPathPrefixes(Map.of(path.value(), type -> type == DashboardController.class));
        setInterceptors(new Guard(gate));
    }

    @Override
    public void afterPropertiesSet() {
        super.afterPropertiesSet();
        if (shown) {
            detectHandlerMethods(controller);
        }
    }

    @Override
    protected boolean isHandler(Class<?> beanType) {
        return false;
    }

    /** On every request below the path, whichever method it reaches. */
    private record Guard(ViewerGate gate) implements HandlerInterceptor {

        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, @Nullable Object handler)
                throws Exception {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                return true; // the end of a request that was admitted at its beginning
            }
            SafetyHeaders.ALL.forEach(response::setHeader);
            return gate.admits(request, response);
        }
    }
}
