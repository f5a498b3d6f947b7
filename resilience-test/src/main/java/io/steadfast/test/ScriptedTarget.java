package io.steadfast.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A target that does in each attempt what a script says, as a plain method, as a stage or as a publisher. The last line of
 * the script is repeated. It takes its time from a {@link ManualTimer}. Thread-safe once the script is written.
 */
public final class ScriptedTarget {

    private static final Duration FOR_EVER = Duration.ofDays(10_000);

    private final ManualTimer timer;

    private final List<Line> script = new ArrayList<>();

    private final AtomicInteger entries = new AtomicInteger();

    private final AtomicInteger cancellations = new AtomicInteger();

    /**
     * A target without a script; give it at least one line.
     *
     * @param timer the timer its answers wait on
     */
    public ScriptedTarget(ManualTimer timer) {
        this.timer = timer;
    }

    /**
     * Adds an attempt that answers at once.
     *
     * @param result the answer
     * @return this target
     */
    public ScriptedTarget answers(Object result) {
        return answersAfter(Duration.ZERO, result);
    }

    /**
     * Adds an attempt that answers late.
     *
     * @param delay how late
     * @param result the answer
     * @return this target
     */
    public ScriptedTarget answersAfter(Duration delay, Object result) {
        script.add(new Line(delay, result, null));
        return this;
    }

    /**
     * Adds an attempt that fails at once.
     *
     * @param failure what it fails with; thrown by a plain method, otherwise in the stage or publisher
     * @return this target
     */
    public ScriptedTarget fails(Throwable failure) {
        script.add(new Line(Duration.ZERO, null, failure));
        return this;
    }

    /**
     * Adds an attempt that does not end by itself; an interrupt or a cancellation ends it.
     *
     * @return this target
     */
    public ScriptedTarget hangs() {
        return answersAfter(FOR_EVER, "too late");
    }

    /**
     * How often this target was entered.
     *
     * @return the number of attempts that reached it
     */
    public int entries() {
        return entries.get();
    }

    /**
     * How often its work was stopped from outside.
     *
     * @return the number of attempts interrupted or cancelled
     */
    public int cancellations() {
        return cancellations.get();
    }

    Object plain() throws Throwable {
        Line line = nextLine();
        if (!line.delay().isZero()) {
            try {
                timer.sleep(line.delay().toNanos());
            } catch (InterruptedException interrupt) {
                cancellations.incrementAndGet();
                throw interrupt;
            }
        }
        return line.outcome();
    }

    CompletableFuture<Object> stage() {
        Line line = nextLine();
        CompletableFuture<Object> answer = new CompletableFuture<>();
        if (line.delay().isZero()) {
            line.complete(answer);
            return answer;
        }
        var waiting = timer.schedule(() -> line.complete(answer), line.delay().toNanos());
        answer.whenComplete((result, failure) -> {
            if (answer.isCancelled()) {
                waiting.cancel();
                cancellations.incrementAndGet();
            }
        });
        return answer;
    }

    Mono<Object> mono() {
        return Mono.fromFuture(stage());
    }

    private Line nextLine() {
        return script.get(Math.min(entries.getAndIncrement(), script.size() - 1));
    }

    private record Line(
            Duration delay,
            @Nullable Object result,
            @Nullable Throwable failure) {

        Object outcome() throws Throwable {
            if (failure != null) {
                throw failure;
            }
            return result == null ? "" : result;
        }

        void complete(CompletableFuture<Object> answer) {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else {
                answer.complete(result);
            }
        }
    }
}
