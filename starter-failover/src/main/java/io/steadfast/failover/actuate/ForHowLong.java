package io.steadfast.failover.actuate;

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

/** Lets requests to the endpoint say {@code for}, which no parameter in Java can be called. */
public final class ForHowLong implements OperationInvokerAdvisor {

    private static final EndpointId OURS = EndpointId.of(FailoverEndpoint.ID);

    private static final String IN_REQUESTS = "for";

    private static final String IN_JAVA = "duration";

    /** Has no state. */
    public ForHowLong() {}

    @Override
    public OperationInvoker apply(
            EndpointId endpoint, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        return endpoint.equals(OURS) && type == OperationType.WRITE
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
