package io.steadfast.spring.live.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class WritingThreadTests {

    private final WritingThread thread = new WritingThread();

    @Test
    void whenNobodyWrites_thenNobodyIsInterrupted() {
        assertThat(thread.isFreed()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** As Tomcat does: it goes on waiting after an interruption, and a channel notices only one that comes in between. */
    @Test
    void whenTheServerSwallowsAnInterruption_thenAnotherComesAtOnce() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CompletableFuture<Boolean> interruptedAfterwards = CompletableFuture.supplyAsync(() -> {
            write(writing);
            return Thread.currentThread().isInterrupted();
        });
        assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();

        await().until(thread::isFreed);

        assertThat(interruptedAfterwards.get(20, TimeUnit.SECONDS)).isFalse();
    }

    private void write(CountDownLatch writing) {
        try {
            thread.run(() -> {
                boolean closed = false;
                while (!closed) {
                    closed = Thread.currentThread().isInterrupted();
                    writing.countDown();
                    waitForTheClient(closed);
                }
            });
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void waitForTheClient(boolean closed) {
        try {
            if (!closed) {
                new CountDownLatch(1).await();
            }
        } catch (InterruptedException swallowed) {
            // as Tomcat does
        }
    }
}
