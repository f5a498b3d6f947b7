package io.steadfast.spring.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationArgumentResolver;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;

/**
 * Lets requests to an endpoint say {@code for}, which no parameter in Java can be called: there it is {@code duration}.
 */
public final class ForHowLong implements OperationInvokerAdvisor {

    private static final String IN_REQUESTS = "for";

    private static final String IN_JAVA = "duration";

    private final EndpointId endpoint;

    /**
     * An advisor.
     *
     * @param endpoint the id of the endpoint whose write operations it is for
     */
    public ForHowLong(String endpoint) {
        this.endpoint = EndpointId.of(endpoint);
    }

    @Override
    public OperationInvoker apply(
            EndpointId id, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        return id.equals(endpoint) && type == OperationType.WRITE
                ? context -> invoker.invoke(renamed(context))
                : invoker;
    }

    private static InvocationContext renamed(InvocationContext context) {
        Map<String, Object> arguments = new LinkedHashMap<>(context.getArguments());
        Object time = arguments.remove(IN_REQUESTS);
        if (time != null) {
            arguments.put(IN_JAVA, time);
        }
        SecurityContext security = context.resolveArgument(SecurityContext.class);
        return new InvocationContext(
                security == null ? SecurityContext.NONE : security, arguments, new Resolver(context));
    }

    /** What the request knows besides. */
    private record Resolver(InvocationContext context) implements OperationArgumentResolver {

        @Override
        public boolean canResolve(Class<?> type) {
            return context.canResolve(type);
        }

        @Override
        public <T> @Nullable T resolve(Class<T> type) {
            return context.resolveArgument(type);
        }
    }
}
