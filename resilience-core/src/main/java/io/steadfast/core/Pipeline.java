package io.steadfast.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

import io.steadfast.core.CallObserver.Scope;
import io.steadfast.core.CallObserver.Watch;
import org.jspecify.annotations.Nullable;

/**
 * Policies lined up around one call, outermost first. Compiled once, immutable, thread-safe; safe to share and to keep in a
 * constant.
 *
 * <pre>{@code
 * Pipeline stock = Pipeline.of("stock", retry, breaker);
 * int left = stock.call(() -> client.left(id));
 * CompletableFuture<Integer> later = stock.callAsync(() -> client.leftAsync(id));
 * }</pre>
 */
public final class Pipeline {

    private final String name;

    private final List<PolicySlot<?>> slots;

    private final CallSite site;

    private final Reporter reporter;

    private final ContextCarrier carrier;

    private final CallObserver observer;

    /** Whether anybody wants to know of every single call. */
    private final boolean tells;

    private final SyncStep sync;

    private final AsyncStep async;

    /** For calls that inherit a deadline: where no limit of their own ends their work, the deadline does. */
    private final AsyncStep asyncWithinDeadline;

    private Pipeline(Builder builder) {
        this.name = builder.name;
        this.slots = List.copyOf(builder.slots);
        this.site = new CallSite(
                name, builder.runtime.ticker(), builder.ignored, builder.reader, Map.copyOf(builder.traits), slots);
        this.reporter = new Reporter(builder.runtime.listener());
        this.carrier = builder.runtime.carrier();
        this.observer = builder.runtime.observer();
        this.tells = reporter.hearsCalls() || observer != CallObserver.NONE;
        this.sync = compile(new SyncDriver(builder.runtime, reporter));
        AsyncDriver asyncDriver = new AsyncDriver(builder.runtime, reporter);
        this.async = compile(asyncDriver);
        this.asyncWithinDeadline = slots.stream().anyMatch(slot -> slot.policy() instanceof TimeLimit)
                ? async
                : asyncDriver.timeLimit(InheritedLimit.slot(name), AsyncCall.AROUND_ALL, async);
    }

    /**
     * A pipeline with the JVM's clock and nobody listening.
     *
     * @param name the call's name in meters and messages
     * @param outermostFirst the policies, outermost first
     * @return the pipeline
     */
    public static Pipeline of(String name, Policy... outermostFirst) {
        Builder builder = named(name);
        for (Policy policy : outermostFirst) {
            builder.policy(policy);
        }
        return builder.build();
    }

    /**
     * Starts a pipeline.
     *
     * @param name the call's name in meters and messages
     * @return a builder without policies
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /**
     * Calls something that answers or throws, on this thread.
     *
     * @param body the call; run once per attempt
     * @param <T> what it answers
     * @return the answer of the body or of a fallback
     * @throws Exception what the body threw last, or a {@link CallRejectedException} or {@link CallTimeoutException}
     */
    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"}) // body and fallback answer with a T
    public <T extends @Nullable Object> T call(Callable<T> body) throws Exception {
        try {
            return (T) call(body, CallableTarget.INSTANCE);
        } catch (Exception | Error failure) {
            throw failure;
        } catch (Throwable exotic) {
            throw new IllegalStateException("A policy threw a Throwable that is neither Exception nor Error", exotic);
        }
    }

    /**
     * Calls something that hands out a stage. Never throws: whatever goes wrong is in the future.
     *
     * @param body the call; run once per attempt, the first time on this thread
     * @param <T> what it answers
     * @return the answer; cancelling this future cancels the body's own and any pending retry
     */
    @SuppressWarnings("unchecked") // body and fallback answer with a T
    public <T extends @Nullable Object> CompletableFuture<T> callAsync(Callable<? extends CompletionStage<T>> body) {
        return (CompletableFuture<T>) callAsync(body, StageTarget.OfCallable.INSTANCE);
    }

    /**
     * Calls any target on this thread. For adapters; allocates one {@link Call}.
     *
     * @param invocation the invocation
     * @param target how to run it
     * @param <I> the invocation
     * @return what the target, or a fallback, returned
     * @throws Throwable what the target threw last, or a refusal
     */
    public <I> @Nullable Object call(I invocation, Target<? super I> target) throws Throwable {
        Call call = newCall(invocation, target);
        if (!tells) {
            return sync.run(call);
        }
        if (reporter.isTimed()) {
            call.enteredNanos();
        }
        Watch watch = Watching.begin(observer, call, null);
        Scope scope = Watching.enter(watch);
        Throwable thrown = null;
        try {
            return sync.run(call);
        } catch (Throwable failure) {
            thrown = failure;
            throw failure;
        } finally {
            Outcome outcome = reporter.completed(call, thrown, false);
            Watching.close(scope);
            Watching.ended(watch, call, outcome, thrown);
        }
    }

    /**
     * Calls a target that hands out a stage. For adapters.
     *
     * @param invocation the invocation
     * @param target how to run and follow it
     * @param <I> the invocation
     * @return the answer
     */
    public <I> CompletableFuture<@Nullable Object> callAsync(I invocation, StageTarget<? super I> target) {
        AsyncCall call = newAsyncCall(invocation, target);
        GuardedFuture future = new GuardedFuture(call);
        start(call, future);
        return future;
    }

    /**
     * Prepares an asynchronous call, which can be cancelled from its first moment on. For drivers of other libraries.
     *
     * @param invocation the invocation
     * @param target how to run and follow it
     * @param then hears the outcome, exactly once
     * @param <I> the invocation
     * @return the call, not yet begun
     */
    public <I> PreparedCall prepare(I invocation, AsyncTarget<? super I> target, Completion then) {
        return prepare(invocation, target, then, null);
    }

    /**
     * Prepares an asynchronous call to which a deadline has been handed on by other means than the calling thread, whose own
     * counts too.
     *
     * @param invocation the invocation
     * @param target how to run and follow it
     * @param then hears the outcome, exactly once
     * @param inherited the deadline handed on; {@code null} for none
     * @param <I> the invocation
     * @return the call, not yet begun
     */
    public <I> PreparedCall prepare(
            I invocation, AsyncTarget<? super I> target, Completion then, @Nullable Deadline inherited) {
        AsyncCall call = newAsyncCall(invocation, target);
        if (inherited != null) {
            call.call().inherit(inherited.ticker(), inherited.atNanos());
        }
        return new PreparedCall() {
            @Override
            public void start() {
                Pipeline.this.start(call, then);
            }

            @Override
            public void cancel() {
                call.cancel();
            }
        };
    }

    /**
     * The call's name.
     *
     * @return the name in meters and messages
     */
    public String name() {
        return name;
    }

    /**
     * The slots, for those who look at policies or replace them.
     *
     * @return outermost first, unmodifiable
     */
    public List<PolicySlot<?>> slots() {
        return slots;
    }

    /**
     * What this pipeline consists of.
     *
     * @return name and policy ids
     */
    public PipelineDescription describe() {
        return new PipelineDescription(name, slots.stream().map(PolicySlot::id).toList());
    }

    @Override
    public String toString() {
        return describe().toString();
    }

    private void start(AsyncCall async, Completion then) {
        Call call = async.call();
        Watch watch = Watching.begin(observer, call, async.target().surroundings());
        Scope scope = Watching.enter(watch);
        try {
            async.capture(carrier);
            AsyncStep first = hasTimeLeft(call) ? asyncWithinDeadline : this.async;
            if (reporter.isTimed()) {
                call.enteredNanos();
            }
            first.run(async, (result, failure) -> {
                if (tells) {
                    async.completed(reporter, failure);
                }
                async.tell(then, result, failure);
            });
        } finally {
            Watching.close(scope);
        }
    }

    /** If nothing is left, the gates inside refuse the call, so that a fallback can answer. */
    private static boolean hasTimeLeft(Call call) {
        return call.isBounded() && call.deadlineNanos() - call.attemptNanos() > 0;
    }

    @SuppressWarnings("unchecked") // a target that takes more than I takes I
    private <I> Call newCall(I invocation, Target<? super I> target) {
        Target<I> own = (Target<I>) target;
        Call call = observer == CallObserver.NONE
                ? new Call(site, invocation, own)
                : new WatchedCall(site, invocation, own);
        CallThread.inherit(call);
        return call;
    }

    @SuppressWarnings("unchecked") // the invocation is only ever handed back to the target it came with
    private <I> AsyncCall newAsyncCall(I invocation, AsyncTarget<? super I> target) {
        return new AsyncCall(newCall(invocation, target), (AsyncTarget<Object>) target);
    }

    private <S> S compile(Driver<S> driver) {
        S step = driver.target();
        for (int depth = slots.size() - 1; depth >= 0; depth--) {
            step = driver.step(slots.get(depth), depth, step);
        }
        return step;
    }

    /** Builds a pipeline. Not thread-safe. */
    public static final class Builder {

        private final String name;

        private final List<PolicySlot<?>> slots = new ArrayList<>();

        private final Map<Class<?>, Object> traits = new HashMap<>();

        private PolicyRuntime runtime = PolicyRuntime.system();

        private Predicate<Throwable> ignored = failure -> false;

        private OutcomeReader reader = OutcomeReader.NONE;

        private Builder(String name) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("A pipeline needs a name that is not blank");
            }
            this.name = name;
        }

        /**
         * Adds a policy inside those added before.
         *
         * @param policy the policy
         * @return this builder
         */
        public Builder policy(Policy policy) {
            return slot(PolicySlot.of(policy));
        }

        /**
         * Adds a slot inside those added before.
         *
         * @param slot the slot, possibly shared with other pipelines
         * @return this builder
         */
        public Builder slot(PolicySlot<?> slot) {
            slots.add(Objects.requireNonNull(slot, "slot"));
            return this;
        }

        /**
         * Clock, timer and listener to use instead of the JVM's clock and nobody.
         *
         * @param other the surroundings
         * @return this builder
         */
        public Builder runtime(PolicyRuntime other) {
            this.runtime = Objects.requireNonNull(other, "runtime");
            return this;
        }

        /**
         * Something about the guarded method that a policy shared by many methods wants to know.
         *
         * @param type what {@link Call#trait} is asked for
         * @param trait the method's
         * @param <T> what is known
         * @return this builder
         */
        public <T> Builder trait(Class<T> type, T trait) {
            traits.put(type, type.cast(trait));
            return this;
        }

        /**
         * Failures that touch no policy at all, not even a fallback: not counted, not retried, thrown as they are.
         *
         * @param failures the caller's own business
         * @return this builder
         */
        public Builder ignoring(Predicate<Throwable> failures) {
            this.ignored = Objects.requireNonNull(failures, "failures");
            return this;
        }

        /**
         * Who understands the outcomes of the call.
         *
         * @param other the reader; {@link OutcomeReader#NONE} if not said
         * @return this builder
         */
        public Builder reader(OutcomeReader other) {
            this.reader = Objects.requireNonNull(other, "reader");
            return this;
        }

        /**
         * Compiles the pipeline.
         *
         * @return the pipeline
         */
        public Pipeline build() {
            return new Pipeline(this);
        }
    }
}
