package io.steadfast.spring.live;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.steer.LiveChange;
import io.steadfast.spring.steer.LiveChanges;
import io.steadfast.spring.steer.SteeredPolicy;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/** What an application context has. Beans are looked up when they are needed first: a feed is made before nearly all of them. */
final class BeanSources implements LiveSources {

    private final Supplier<Optional<CallCatalogue>> catalogue;

    private final Supplier<Optional<LiveChanges>> changes;

    private final Environment environment;

    /** To be asked of the network once only. */
    private final Supplier<String> host = SingletonSupplier.of(BeanSources::address);

    BeanSources(BeanFactory beans) {
        this.catalogue = once(beans, CallCatalogue.class);
        this.changes = once(beans, LiveChanges.class);
        this.environment = beans.getBean(Environment.class);
    }

    private static <T> Supplier<Optional<T>> once(BeanFactory beans, Class<T> type) {
        return SingletonSupplier.of(
                () -> Optional.ofNullable(beans.getBeanProvider(type).getIfAvailable()));
    }

    @Override
    public List<GuardedCall> calls() {
        Optional<LiveChanges> steered = changes.get();
        return steered.isPresent()
                ? steered.get().calls()
                : catalogue.get().map(CallCatalogue::calls).orElse(List.of());
    }

    @Override
    public List<SteeredPolicy> pipeline(GuardedCall call) {
        return changes.get()
                .map(steered -> steered.pipeline(call))
                .orElseGet(() -> call.pipeline().stream()
                        .map(policy -> new SteeredPolicy(policy, Optional.empty()))
                        .toList());
    }

    @Override
    public List<LiveChange> changes() {
        return changes.get().map(LiveChanges::inForce).orElse(List.of());
    }

    @Override
    public String application() {
        return environment.getProperty("spring.application.name", "application");
    }

    @Override
    public String instance() {
        String known = environment.getProperty("spring.cloud.client.ip-address");
        return (known == null ? host.get() : known) + ":"
                + environment.getProperty("local.server.port", environment.getProperty("server.port", "8080"));
    }

    private static String address() {
        try {
            return InetAddress.getLocalHost().getHostAddress();
        } catch (UnknownHostException nameless) {
            return InetAddress.getLoopbackAddress().getHostAddress();
        }
    }
}
