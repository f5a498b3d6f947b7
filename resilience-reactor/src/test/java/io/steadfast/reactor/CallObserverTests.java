package io.steadfast.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Call;
import io.steadfast.core.CallObserver;
import io.steadfast.core.ContextCarrier;
import io.steadfast.core.Outcome;
import io.steadfast.core.Pipeline;
import io.steadfast.core.Policy;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Who watches a call comes along by the context, and is told once how it ended. */
class CallObserverTests {

    private final HandTimer timer = new HandTimer();

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private Pipeline pipeline(Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("stock")
                .runtime(new PolicyRuntime(timer, timer, ResilienceListener.NONE, ContextCarrier.NONE, this::begin));
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    private CallObserver.Watch begin(Call call, @Nullable Object surroundings) {
        seen.add("begin in " + ((ContextView) surroundings).getOrDefault("trace", "none"));
        return new Watcher();
    }

    private Mono<String> attempt(boolean fails) {
        return Mono.deferContextual(context -> {
            seen.add("attempt in " + context.getOrDefault("trace", "none"));
            return fails ? Mono.error(new IOException("down")) : Mono.just("ok");
        });
    }

    @ParameterizedTest
    @EnumSource
    void whenACallIsRepeated_thenEachAttemptFindsWhoWatchesIt(Shape shape) {
        AtomicInteger attempts = new AtomicInteger();
        Disposable subscription = shape.guard(
                        pipeline(new Policies.Retry(2)), () -> attempt(attempts.incrementAndGet() == 1))
                .contextWrite(context -> context.put("trace", "the caller's"))
                .subscribe();
        while (timer.pending() > 0) {
            timer.runNext();
        }
        assertThat(subscription.isDisposed()).isTrue();
        assertThat(seen)
                .containsExactly(
                        "begin in the caller's", "attempt in the call's", "attempt in the call's", "ended SUCCESS 2");
    }

    @ParameterizedTest
    @EnumSource
    void whenTheSubscriberCancels_thenTheCallEndsOnce(Shape shape) {
        Disposable subscription = shape.guard(pipeline(), Mono::never).subscribe();
        subscription.dispose();
        subscription.dispose();
        assertThat(seen).containsExactly("begin in none", "ended CANCELLED 1");
    }

    @ParameterizedTest
    @EnumSource
    void whenTheSubscriberCancelsAtOnce_thenNoCallBegins(Shape shape) {
        shape.guard(pipeline(), Mono::never).doOnSubscribe(Subscription::cancel).subscribe();
        assertThat(seen).isEmpty();
    }

    private final class Watcher implements CallObserver.Watch {

        @Override
        public CallObserver.Scope enter() {
            return () -> {};
        }

        @Override
        public CallObserver.Scope leave() {
            return () -> {};
        }

        @Override
        public void ended(Call call, Outcome outcome, @Nullable Throwable failure) {
            seen.add("ended " + outcome + " " + call.attempts());
        }

        @Override
        public Object contextKey() {
            return "trace";
        }

        @Override
        public Object contextValue() {
            return "the call's";
        }
    }
}
