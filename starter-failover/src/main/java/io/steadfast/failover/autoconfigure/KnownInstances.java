package io.steadfast.failover.autoconfigure;

import java.util.List;

import io.steadfast.failover.Failover;
import io.steadfast.failover.autoconfigure.FailoverProperties.Settings;
import io.steadfast.failover.discovery.ServiceInstances;
import io.steadfast.spring.PolicyRequest;
import org.springframework.util.ClassUtils;

/** The ways in which methods can be handed an instance: Spring Cloud's only where it is. */
final class KnownInstances {

    private static final boolean SPRING_CLOUD = ClassUtils.isPresent(
            "org.springframework.cloud.client.ServiceInstance", KnownInstances.class.getClassLoader());

    List<Handover> of(PolicyRequest<Failover, Settings> request) {
        return SPRING_CLOUD ? List.of(Handover.ADDRESS, Cloud.handover(request)) : List.of(Handover.ADDRESS);
    }

    /** Apart, because it cannot be loaded without Spring Cloud. */
    private static final class Cloud {

        static Handover handover(PolicyRequest<Failover, Settings> request) {
            String service = SourceFinder.serviceOf(request.id().instance(), request.settings());
            return new ServiceInstanceHandover(
                    service,
                    request.beans().getBeanProvider(ServiceInstances.class).getIfAvailable(ServiceInstances::new));
        }
    }
}
