package io.steadfast.failover.shutdown;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.serviceregistry.AbstractAutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationProperties;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.ApplicationContext;

/** A registry that notes what it is told. */
final class Registrations implements ServiceRegistry<Registration> {

    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void register(Registration registration) {
        events.add("registered");
    }

    @Override
    public void deregister(Registration registration) {
        events.add("deregistered");
    }

    @Override
    public void close() {}

    @Override
    public void setStatus(Registration registration, String status) {
        events.add(status);
    }

    @Override
    public <T> T getStatus(Registration registration) {
        throw new UnsupportedOperationException();
    }

    /** This application, as it is registered. */
    static final class Self extends DefaultServiceInstance implements Registration {

        Self() {
            super("self-1", "self", "localhost", 1, false);
        }
    }

    /** Registers when the web server is up, and deregisters when beans are destroyed, as Consul's and ZooKeeper's do. */
    static final class Automatic extends AbstractAutoServiceRegistration<Registration> {

        private final Registration self = new Self();

        Automatic(ApplicationContext context, Registrations registry) {
            super(context, registry, new AutoServiceRegistrationProperties());
        }

        @Override
        @Deprecated
        protected Object getConfiguration() {
            return self;
        }

        @Override
        protected boolean isEnabled() {
            return true;
        }

        @Override
        protected Registration getRegistration() {
            return self;
        }

        @Override
        protected Registration getManagementRegistration() {
            return self;
        }
    }
}
