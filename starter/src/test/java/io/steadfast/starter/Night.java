package io.steadfast.starter;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.EffectiveValue;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.spring.steer.ChangeRequest;
import io.steadfast.spring.steer.ChangedByHandEvent;
import io.steadfast.spring.steer.LiveChange;
import io.steadfast.spring.steer.LiveChanges;
import io.steadfast.test.ManualTimer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

/** Somebody who has been paged. */
final class Night {

    final AssertableApplicationContext context;

    final LiveChanges changes;

    final SteeredShop shop;

    final ManualTimer timer;

    Night(AssertableApplicationContext context) {
        this.context = context;
        this.changes = context.getBean(LiveChanges.class);
        this.shop = context.getBean(SteeredShop.class);
        this.timer = context.getBean(ManualTimer.class);
    }

    LiveChange act(String call, String action, String policy, Duration time) {
        return changes.make(new ChangeRequest(call, action, policy, Map.of(), time, "alice"));
    }

    LiveChange change(String call, String policy, Map<String, Object> values, Duration time) {
        return changes.make(new ChangeRequest(call, "change", policy, values, time, "alice"));
    }

    void undo(String call, String id) {
        Map<String, Object> values = id == null ? Map.of() : Map.of("id", id);
        changes.make(new ChangeRequest(call, "undo", null, values, null, "bob"));
    }

    EffectiveValue value(String call, String policy, String key) {
        return find(call, policy).values().get(key);
    }

    String origin(String call, String policy, String key) {
        return value(call, policy, key).origin();
    }

    Map<String, Object> state(String call, String policy) {
        return find(call, policy).slot().policy().snapshot();
    }

    List<String> places(String call) {
        return changes.pipeline(changes.find(call).orElseThrow()).stream()
                .map(one -> one.policy().id().policy() + (one.disabledBy().isPresent() ? " disabled" : ""))
                .toList();
    }

    long overlays() {
        return context.getEnvironment().getPropertySources().stream()
                .filter(source -> source.getName().startsWith("changes by hand"))
                .count();
    }

    List<String> told() {
        return context.getBean(Ears.class).heard.stream()
                .map(ChangedByHandEvent::text)
                .toList();
    }

    private GuardedPolicy find(String call, String policy) {
        Optional<GuardedPolicy> found =
                context.getBean(CallCatalogue.class).find(call).orElseThrow().pipeline().stream()
                        .filter(one -> one.id().policy().equals(policy))
                        .findFirst();
        return found.orElseThrow();
    }

    static ApplicationContextRunner world() {
        return Steadfast.application(SteeredShop.class).withPropertyValues(SteeredShop.SETTINGS);
    }

    static void run(Consumer<Night> test) {
        world().withBean(Ears.class, () -> new Ears(false)).run(context -> test.accept(new Night(context)));
    }

    /** What is told to the application. */
    static final class Ears {

        private final List<ChangedByHandEvent> heard = new CopyOnWriteArrayList<>();

        private final boolean deaf;

        Ears(boolean deaf) {
            this.deaf = deaf;
        }

        @EventListener
        void on(ChangedByHandEvent event) {
            if (deaf) {
                throw new IllegalStateException("not now");
            }
            heard.add(event);
        }
    }
}
