package io.steadfast.failover.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ParameterizedTypeReference;

class RegistryNoticeTests {

    private final GenericApplicationContext context = new GenericApplicationContext();

    private final Registrations registry = new Registrations();

    @Test
    void whenNothingIsRegistered_thenThereIsNobodyToTell() {
        assertThat(notice().isDue()).isFalse();
    }

    @Test
    void whenTheApplicationRegisteredItself_thenItIsTakenBackOnceThoughSpringCloudDoesSoLater() {
        Registrations.Automatic automatic = new Registrations.Automatic(context, registry);
        context.registerBean("automatic", Registrations.Automatic.class, () -> automatic);
        RegistryNotice notice = notice();
        assertThat(notice.isDue()).as("before it has registered").isFalse();

        automatic.start();
        assertThat(notice.isDue()).isTrue();
        notice.give();
        automatic.destroy();

        assertThat(registry.events).containsExactly("registered", "deregistered");
        assertThat(notice.isDue()).isFalse();
    }

    @Test
    void whenItWasRegisteredByHand_thenItIsTakenBackAtTheRegistry() {
        byHand();
        RegistryNotice notice = notice();

        assertThat(notice.isDue()).isTrue();
        notice.give();
        assertThat(registry.events).containsExactly("deregistered");
    }

    @Test
    void whenSomethingElseRegistersItByLifecycle_thenThatSaysWhetherThereIsAnybodyToTell() {
        byHand();
        ByLifecycle eureka = new ByLifecycle();
        context.registerBean("eureka", ByLifecycle.class, () -> eureka);
        RegistryNotice notice = notice();
        eureka.stop();
        assertThat(notice.isDue()).isFalse();

        eureka.start();
        assertThat(notice.isDue()).isTrue();
        notice.give();
        assertThat(registry.events).containsExactly("deregistered");
    }

    private void byHand() {
        context.registerBean("registry", Registrations.class, () -> registry);
        context.registerBean("self", Registrations.Self.class, Registrations.Self::new);
    }

    private RegistryNotice notice() {
        context.refresh();
        return new RegistryNotice(
                context.getBeanProvider(AutoServiceRegistration.class),
                context.getBeanProvider(new ParameterizedTypeReference<ServiceRegistry<?>>() {}),
                context.getBeanProvider(Registration.class));
    }

    /** As Eureka's. */
    private static final class ByLifecycle implements AutoServiceRegistration, SmartLifecycle {

        private boolean running;

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
