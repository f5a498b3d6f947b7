package io.steadfast.spring.actuate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationArgumentResolver;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameter;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;

/**
 * Decides what requests to an endpoint may say and where. Boot makes one map of path, body and query, in which the body and the query
 * win; here the path alone says what a request is about. A request that writes may have no field that is not known, for one that is
 * misspelled would be missed by nobody. And it may say {@code for}, which no parameter in Java can be called: there it is
 * {@code duration}.
 */
public final class RequestFields implements OperationInvokerAdvisor {

    private static final String IN_REQUESTS = "for";

    private static final String IN_JAVA = "duration";

    /** What a request is about is in its path; who repeats it elsewhere is not refused, and not heard. */
    static final String NAME = "name";

    private final EndpointId endpoint;

    /**
     * An advisor.
     *
     * @param endpoint the id of the endpoint whose operations it is for. The parameter that takes the path must be an array
     */
    public RequestFields(String endpoint) {
        this.endpoint = EndpointId.of(endpoint);
    }

    /**
     * Whether Boot reads all of a path. It leaves out empty parts and, on Spring MVC, parameters: what is at {@code /a/b} would
     * answer for {@code /a//b} and for {@code /a/b;c}.
     *
     * @param path the path as it was sent, not decoded
     * @return whether nothing of it is left out
     */
    public static boolean isExact(String path) {
        return !path.contains("//") && !path.endsWith("/") && !path.contains(";");
    }

    @Override
    public OperationInvoker apply(
            EndpointId id, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        return id.equals(endpoint) ? context -> invoke(context, type, parameters, invoker) : invoker;
    }

    private static @Nullable Object invoke(
            InvocationContext context, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        boolean writes = type == OperationType.WRITE;
        if (context.canResolve(WebServerNamespace.class)) { // elsewhere there is no path
            List<String> reasons = reasons(context.getArguments(), parameters, writes);
            if (!reasons.isEmpty()) {
                return ChangeProblem.badRequest(reasons).answer();
            }
        }
        return invoker.invoke(writes ? renamed(context) : context);
    }

    private static List<String> reasons(Map<String, Object> arguments, OperationParameters parameters, boolean writes) {
        List<String> reasons = new ArrayList<>();
        Set<String> fields = new TreeSet<>();
        for (OperationParameter parameter : parameters) {
            String name = parameter.getName();
            if (parameter.getType().equals(SecurityContext.class)) {
                continue;
            }
            if (parameter.getAnnotation(Selector.class) == null) {
                fields.add(name.equals(IN_JAVA) ? IN_REQUESTS : name);
            } else if (!(arguments.get(name)
                    instanceof String[])) { // only Boot itself, from the path, puts an array there
                reasons.add("The path of a request says what it is about: '" + name
                        + "' can be in neither its body nor its query.");
            }
        }
        if (writes) {
            arguments.forEach((name, value) -> {
                if (!(value instanceof String[]) && !fields.contains(name) && !name.equals(NAME)) {
                    reasons.add(WriteBody.unknown(name, fields));
                }
            });
        }
        return reasons;
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
