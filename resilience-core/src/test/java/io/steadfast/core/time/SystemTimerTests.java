package io.steadfast.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class SystemTimerTests {

    private static final InheritableThreadLocal<String> USER = new InheritableThreadLocal<>();

    @Test
    void whenATaskRuns_thenItHasNeitherTheUserNorTheClassLoaderOfWhoeverCameFirst() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        USER.set("alice");
        Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[0], before));
        try {
            assertThat(seenByATask(0)).isEqualTo("null " + SystemTimer.class.getClassLoader());
            assertThat(seenByATask(1)).isEqualTo("null " + SystemTimer.class.getClassLoader());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
            USER.remove();
        }
    }

    @Test
    void whenRingsThrowAndInterruptTheirThread_thenLaterAlarmsStillRingOnIt() throws Exception {
        for (int i = 0; i < 3; i++) {
            CompletableFuture<String> rung = new CompletableFuture<>();
            Alarm alarm = Timer.system().alarm(() -> {
                Thread watchdog = Thread.currentThread();
                rung.complete(USER.get() + " " + watchdog.getName() + " " + watchdog.isInterrupted());
                watchdog.interrupt();
                throw new AssertionError("thrown on purpose");
            });
            USER.set("bob");
            try {
                alarm.set(i * 1_000_000L);
                assertThat(rung.get(10, TimeUnit.SECONDS)).isEqualTo("null steadfast-watchdog-1 false");
                assertThat(alarm.clear()).isFalse();
            } finally {
                USER.remove();
                alarm.release();
            }
        }
    }

    private static String seenByATask(long delayNanos) throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        Timer.system()
                .schedule(
                        () -> seen.complete(
                                USER.get() + " " + Thread.currentThread().getContextClassLoader()),
                        delayNanos);
        return seen.get(10, TimeUnit.SECONDS);
    }
}
