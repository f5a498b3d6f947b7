package io.steadfast.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Deadline;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

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

    private final List<Optional<Duration>> timeSeen = new CopyOnWriteArrayList<>();

    private final List<Optional<Duration>> timeSeenInContext = new CopyOnWriteArrayList<>();

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
        script.add(new Line(delay, result, null, false));
        return this;
    }

    /**
     * Adds an attempt that answers late and cannot be ended before: deaf to interrupts, and to cancellation. Only a publisher's
     * subscription ends when it is cancelled, because nothing can come of it any more.
     *
     * @param delay how late
     * @param result the answer
     * @return this target
     */
    public ScriptedTarget answersUnstoppablyAfter(Duration delay, Object result) {
        script.add(new Line(delay, result, null, true));
        return this;
    }

    /**
     * Adds an attempt that fails at once.
     *
     * @param failure what it fails with; thrown by a plain method, otherwise in the stage or publisher
     * @return this target
     */
    public ScriptedTarget fails(Throwable failure) {
        script.add(new Line(Duration.ZERO, null, failure, false));
        return this;
    }

    /**
     * Adds an attempt that fails late; an interrupt or a cancellation ends it before.
     *
     * @param delay how late
     * @param failure what it fails with
     * @return this target
     */
    public ScriptedTarget failsAfter(Duration delay, Throwable failure) {
        script.add(new Line(delay, null, failure, false));
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

    /** How much time each attempt saw that its thread had left as it was entered. */
    List<Optional<Duration>> timeSeen() {
        return List.copyOf(timeSeen);
    }

    /** How much time each subscription saw that Reactor's context left it. */
    List<Optional<Duration>> timeSeenInContext() {
        return List.copyOf(timeSeenInContext);
    }

    Object plain() throws Throwable {
        Line line = nextLine();
        if (line.deaf()) {
            timer.advance(line.delay());
        } else if (!line.delay().isZero()) {
            try {
                timer.sleep(line.delay().toNanos());
            } catch (InterruptedException interrupt) {
                cancellations.incrementAndGet();
                throw interrupt;
            }
        }
        return line.outcome();
    }

    CompletionStage<Object> stage() {
        Line line = nextLine();
        CompletableFuture<Object> answer = answer(line);
        return line.deaf() ? answer.minimalCompletionStage() : answer;
    }

    Mono<Object> mono() {
        Line line = nextLine();
        CompletableFuture<Object> answer = answer(line);
        return Mono.deferContextual(context -> {
            timeSeenInContext.add(left(context));
            return Mono.fromFuture(answer, line.deaf());
        });
    }

    private CompletableFuture<Object> answer(Line line) {
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

    private static Optional<Duration> left(ContextView context) {
        return context.<Deadline>getOrEmpty(Deadline.CONTEXT_KEY).map(Deadline::left);
    }

    private Line nextLine() {
        timeSeen.add(Deadline.remaining());
        return script.get(Math.min(entries.getAndIncrement(), script.size() - 1));
    }

    private record Line(
            Duration delay,
            @Nullable Object result,
            @Nullable Throwable failure,
            boolean deaf) {

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
