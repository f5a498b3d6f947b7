package io.steadfast.failover.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import io.steadfast.failover.Failover;
import io.steadfast.failover.FailoverKey;
import io.steadfast.failover.PassedInstance;
import io.steadfast.failover.PickerType;
import io.steadfast.failover.autoconfigure.FailoverProperties.Settings;
import io.steadfast.spring.AttemptArguments;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.spring.key.CallKey;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** What a pool wants to know of a method that is sent to its instances: the key of a call, and where an instance is handed over. */
final class MethodFacts {

    private static final boolean SERVLETS = isPresent("jakarta.servlet.ServletRequest")
            && isPresent("org.springframework.web.context.request.ServletRequestAttributes");

    private MethodFacts() {}

    /**
     * The traits of a method.
     *
     * @throws io.steadfast.core.InvalidSettingsException if the key makes no sense
     * @throws io.steadfast.spring.InvalidGuardException if the parameters are ambiguous
     */
    static Map<Class<?>, Object> of(PolicyRequest<Failover, Settings> request, KnownInstances known) {
        Map<Class<?>, Object> facts = new LinkedHashMap<>();
        FailoverKey key = key(request);
        if (key != null) {
            facts.put(FailoverKey.class, key);
        }
        InstanceParameters parameters = InstanceParameters.of(request.method(), known.of(request));
        if (!parameters.isEmpty()) {
            facts.put(PassedInstance.class, parameters);
            facts.put(AttemptArguments.class, parameters);
        }
        return facts;
    }

    private static @Nullable FailoverKey key(PolicyRequest<Failover, Settings> request) {
        String expression = request.settings().getKey();
        if (StringUtils.hasText(expression)) {
            CallKey key = CallKey.of(
                    expression.trim(),
                    request.method().method(),
                    request.method().beanClass());
            return key::keyOf;
        }
        return request.settings().getPicker() == PickerType.IP_HASH && SERVLETS ? new ClientAddress() : null;
    }

    /** Whether there are requests from outside whose client is known. */
    static boolean knowsClients() {
        return SERVLETS;
    }

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, MethodFacts.class.getClassLoader());
    }
}
