package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Code inside an attempt can find the call that it is an attempt of. */
class CurrentCallTests {

    private static final OutcomeReader READER = new OutcomeReader() {};

    private final HandTimer timer = new HandTimer();

    private final List<String> seen = new ArrayList<>();

    private Pipeline pipeline(String name, Policy... policies) {
        Pipeline.Builder builder = Pipeline.named(name).reader(READER).runtime(timer.runtime());
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    private String look() {
        Call call = Call.current();
        seen.add(call == null ? "none" : call.name() + " " + call.attempts());
        return "ok";
    }

    @AfterEach
    void threadIsInNoCallAfterwards() {
        assertThat(Call.current()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void whenInsideAnAttempt_thenTheCallIsKnownAndCountsIt(Way way) throws Exception {
        look();
        way.run(pipeline("stock", Policies.retry(2)), timer, () -> {
            look();
            if (Call.current().attempts() == 1) {
                throw new IOException("down");
            }
            return "ok";
        });
        look();
        assertThat(seen).containsExactly("none", "stock 1", "stock 2", "none");
    }

    @ParameterizedTest
    @EnumSource
    void whenAnAttemptThrows_thenTheThreadIsInNoCall(Way way) {
        StackOverflowError deep = new StackOverflowError();
        assertThat(catchThrowable(() -> way.run(pipeline("stock"), timer, () -> {
                    throw deep;
                })))
                .isSameAs(deep);
        assertThat(Call.current()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void whenPoliciesAndCallersRun_thenTheyAreInNoAttempt(Way way) throws Exception {
        Object answer = way.run(pipeline("stock", Policies.fallback(this::look)), timer, () -> {
            throw new IOException("down");
        });
        assertThat(answer).isEqualTo("ok");
        assertThat(seen).containsExactly("none");
    }

    @Test
    void whenAStageEndsLater_thenItsCallbacksAreInNoAttempt() {
        CompletableFuture<String> own = new CompletableFuture<>();
        pipeline("stock")
                .callAsync(() -> {
                    look();
                    return own;
                })
                .whenComplete((result, failure) -> look());
        look();
        own.complete("ok");
        assertThat(seen).containsExactly("stock 1", "none", "none");
    }

    @ParameterizedTest
    @EnumSource
    void whenCallsAreNested_thenTheInnermostCountsAndTheOuterIsPutBack(Way way) throws Exception {
        Pipeline inner = pipeline("inner");
        way.run(pipeline("outer"), timer, () -> {
            look();
            way.run(inner, timer, this::look);
            look();
            assertThat(catchThrowable(() -> way.run(inner, timer, () -> {
                        throw new IOException(look());
                    })))
                    .hasMessage("ok");
            return look();
        });
        assertThat(seen).containsExactly("outer 1", "inner 1", "outer 1", "inner 1", "outer 1");
    }

    @Test
    void whenThePipelineHasNoReader_thenNobodyIsTold() throws Exception {
        Pipeline unread = Pipeline.named("stock").runtime(timer.runtime()).build();
        unread.call(this::look);
        unread.callAsync(() -> CompletableFuture.completedFuture(look()));
        assertThat(seen).containsExactly("none", "none");
    }

    @Test
    void whenWorkIsHandedToAnotherThread_thenTheCallCanBeRestoredThere() throws Exception {
        Call carried = Call.of("carried");
        pipeline("stock").call(() -> {
            Call before = Call.restore(carried);
            look();
            assertThat(Call.restore(before)).isSameAs(carried);
            return look();
        });
        assertThat(seen).containsExactly("carried 1", "stock 1");
    }

    @Test
    void whenNoneIsRestoredWhereNoneIs_thenNoneWasThere() {
        assertThat(Call.restore(null)).isNull();
    }

    @Test
    void whenAnAttemptIsOnAThreadOfItsOwn_thenTheCallIsKnownThereAndNotToTheCaller() throws Exception {
        Pipeline pipeline = Pipeline.named("stock")
                .reader(READER)
                .policy(CountingLimit.onSeparateThread(Duration.ofMinutes(5)))
                .build();
        Thread caller = Thread.currentThread();
        pipeline.call(() -> {
            assertThat(Thread.currentThread()).isNotSameAs(caller);
            return look();
        });
        look();
        assertThat(seen).containsExactly("stock 1", "none");
    }
}
