package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads live for ever, calls do not: what a thread keeps for its next call refers to nothing of its last one. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ForgottenCallTests {

    private final List<WeakReference<Object>> traces = new ArrayList<>();

    private <T> T trace(T object) {
        traces.add(new WeakReference<>(object));
        return object;
    }

    private Pipeline pipeline(TimeLimit limit) {
        return trace(Pipeline.of("call", trace(limit), new CountingGate()));
    }

    private Callable<Object> body(Callable<Object> does) {
        Object argument = trace(new Object());
        return trace(() -> {
            assertThat(argument).isNotNull();
            return does.call();
        });
    }

    private void assertForgotten() {
        assertThat(traces).isNotEmpty();
        await().pollInterval(Duration.ofMillis(10)).untilAsserted(() -> {
            System.gc();
            assertThat(traces).allMatch(trace -> trace.get() == null);
        });
        assertThat(CallThread.current()).as("what the thread keeps").isNotNull();
    }

    @Test
    void whenAPlainCallAnswers_thenNothingRefersToIt() throws Exception {
        assertThat(pipeline(CountingLimit.of(Duration.ofHours(1))).call(body(() -> "ok")))
                .isEqualTo("ok");
        assertForgotten();
    }

    @Test
    void whenAPlainCallTimesOut_thenNothingRefersToIt() {
        assertThat(catchThrowable(() -> pipeline(CountingLimit.of(Duration.ofMillis(1)))
                        .call(body(() -> {
                            new CountDownLatch(1).await();
                            return "never";
                        }))))
                .isInstanceOf(CallTimeoutException.class);
        assertForgotten();
    }

    @Test
    void whenASeparateThreadHasEnded_thenNothingRefersToIt() throws Exception {
        assertThat(pipeline(CountingLimit.onSeparateThread(Duration.ofHours(1))).call(body(() -> "ok")))
                .isEqualTo("ok");
        assertForgotten();
    }

    @Test
    void whenAStageIsDone_thenNothingRefersToIt() {
        assertThat(pipeline(CountingLimit.of(Duration.ofHours(1)))
                        .callAsync(() -> CompletableFuture.supplyAsync(() -> answer(body(() -> "ok"))))
                        .join())
                .isEqualTo("ok");
        assertForgotten();
    }

    private static Object answer(Callable<Object> body) {
        try {
            return body.call();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void whenTheAlarmIsRejected_thenNothingRefersToTheCall() {
        HandTimer full = new HandTimer();
        full.rejecting = true;
        assertThat(catchThrowable(() -> trace(Pipeline.named("call")
                                .runtime(full.runtime())
                                .policy(trace(CountingLimit.of(Duration.ofHours(1))))
                                .build())
                        .call(body(() -> "never"))))
                .isNotNull();
        assertForgotten();
    }
}
