package io.steadfast.spring.actuate.servlet;

import io.steadfast.spring.actuate.ChangeProblem;
import io.steadfast.spring.actuate.RequestFields;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.http.server.RequestPath;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.util.ServletRequestPathUtils;

/** Finds nothing under a path of which Boot would leave something out. */
public final class ExactPath implements OperationInvokerAdvisor {

    private final EndpointId endpoint;

    /**
     * An advisor.
     *
     * @param endpoint the id of the endpoint whose operations it is for
     */
    public ExactPath(String endpoint) {
        this.endpoint = EndpointId.of(endpoint);
    }

    @Override
    public OperationInvoker apply(
            EndpointId id, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        return id.equals(endpoint) && parameters.hasParameters()
                ? context -> isExact()
                        ? invoker.invoke(context)
                        : ChangeProblem.notFound("The path has an empty part or a parameter")
                                .answer()
                : invoker;
    }

    private static boolean isExact() {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null
                && request.getAttribute(ServletRequestPathUtils.PATH_ATTRIBUTE, RequestAttributes.SCOPE_REQUEST)
                        instanceof RequestPath asked) {
            return RequestFields.isExact(asked.value());
        }
        return true;
    }
}
