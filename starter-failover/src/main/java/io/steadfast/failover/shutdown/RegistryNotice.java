package io.steadfast.failover.shutdown;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.serviceregistry.AbstractAutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.Lifecycle;

/**
 * Takes the application out of the registry of spring-cloud-commons.
 *
 * <p>By itself Spring Cloud does that for Consul and ZooKeeper only when beans are destroyed, that is after the web server has stopped:
 * until then, and for as long as callers keep their lists, every one of them is sent to a closed port. What registered the application is
 * stopped here instead, so that its own life-cycle hooks run, and run once. Where something else registers it (Eureka's does so by
 * life-cycle), the registration is taken back at the registry, which may be done twice.
 *
 * <p>Deregistering, and not the status {@code OUT_OF_SERVICE}: Consul's and ZooKeeper's clients do not look at that status unless told to,
 * and Eureka keeps it as an override that an instance of the same id would find when it comes back.
 */
public final class RegistryNotice implements LeaveNotice {

    private final ObjectProvider<AutoServiceRegistration> automatic;

    private final ObjectProvider<ServiceRegistry<?>> registries;

    private final ObjectProvider<Registration> registrations;

    /**
     * A notice.
     *
     * @param automatic what registers the application by itself
     * @param registries where it is registered
     * @param registrations as what it is registered
     */
    public RegistryNotice(
            ObjectProvider<AutoServiceRegistration> automatic,
            ObjectProvider<ServiceRegistry<?>> registries,
            ObjectProvider<Registration> registrations) {
        this.automatic = automatic;
        this.registries = registries;
        this.registrations = registrations;
    }

    @Override
    public boolean isDue() {
        List<AutoServiceRegistration> byItself = automatic.stream().toList();
        return byItself.isEmpty() ? registration() != null : byItself.stream().anyMatch(RegistryNotice::isRegistered);
    }

    @Override
    public void give() {
        List<AutoServiceRegistration> byItself = automatic.stream().toList();
        for (AutoServiceRegistration one : byItself) {
            if (one instanceof AbstractAutoServiceRegistration<?> usual) {
                usual.stop();
            }
        }
        Registration registration = registration();
        if (registration != null && byItself.stream().noneMatch(AbstractAutoServiceRegistration.class::isInstance)) {
            deregister(Objects.requireNonNull(registries.getIfUnique()), registration);
        }
    }

    private static boolean isRegistered(AutoServiceRegistration one) {
        if (one instanceof AbstractAutoServiceRegistration<?> usual) {
            return usual.isRunning();
        }
        return !(one instanceof Lifecycle lifecycle) || lifecycle.isRunning();
    }

    private @Nullable Registration registration() {
        return registries.getIfUnique() == null ? null : registrations.getIfUnique();
    }

    /** A registry takes the registrations of its own kind, and the one that there is with the one registry is of that kind. */
    @SuppressWarnings("unchecked")
    private static <R extends Registration> void deregister(ServiceRegistry<?> registry, Registration registration) {
        ((ServiceRegistry<R>) registry).deregister((R) registration);
    }
}
