package io.steadfast.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Supplier;

import io.steadfast.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through a pipeline: the only object a plain call makes, however many policies it passes.
 *
 * <p>Written by its driver only, which hands it from thread to thread safely; policies and listeners read it while they
 * are asked and do not keep it.
 */
public sealed class Call extends CallMarks permits LaneCall, WatchedCall {

    /** The key under which a call lies in a Reactor {@code Context} inside its own attempts. */
    public static final String CONTEXT_KEY = "io.steadfast.call";

    private static final AtomicReferenceFieldUpdater<Call, @Nullable CallNotes> NOTES =
            AtomicReferenceFieldUpdater.newUpdater(Call.class, CallNotes.class, "notes");

    private final CallSite site;

    private final Object invocation;

    private final Target<Object> target;

    /** What the clients inside say of the attempt under way; most calls have none. */
    volatile @Nullable CallNotes notes;

    @SuppressWarnings("unchecked") // the invocation is only ever handed back to the target it came with
    <I> Call(CallSite site, I invocation, Target<I> target) {
        this.site = site;
        this.invocation = invocation;
        this.target = (Target<Object>) target;
    }

    /** A call of its own that stands where another one does. */
    Call(Call original, @Nullable CallNotes notes) {
        this.site = original.site;
        this.invocation = original.invocation;
        this.target = original.target;
        this.enteredNanos = original.enteredNanos;
        this.deadlineNanos = original.deadlineNanos;
        this.attemptsAndMarks = original.attemptsAndMarks | Marks.COPY;
        this.notes = notes;
    }

    /**
     * A call that belongs to no pipeline, for testing a policy by itself.
     *
     * @param name the call's name
     * @param arguments what the caller passed
     * @return the call
     */
    public static Call of(String name, @Nullable Object... arguments) {
        return of(name, Map.of(), arguments);
    }

    /**
     * A call that belongs to no pipeline and has traits, for testing a policy by itself. The thread's deadline holds for it.
     *
     * @param name the call's name
     * @param traits what {@link #trait} finds
     * @param arguments what the caller passed
     * @return the call
     */
    public static Call of(String name, Map<Class<?>, Object> traits, @Nullable Object... arguments) {
        Call call = new Call(
                new CallSite(name, Ticker.system(), failure -> false, OutcomeReader.NONE, traits, List.of()),
                arguments,
                NoTarget.INSTANCE);
        call.attemptsAndMarks = Marks.ATTEMPT;
        CallThread.inherit(call);
        return call;
    }

    /**
     * The call's name.
     *
     * @return the name in meters, events and the actuator
     */
    public String name() {
        return site.name();
    }

    /**
     * What the caller passed.
     *
     * @return a copy of the arguments; empty for calls made from code
     */
    public @Nullable Object[] arguments() {
        return target.arguments(invocation).clone();
    }

    /**
     * The invocation the pipeline was called with, for adapters that know its type.
     *
     * @return for example a {@code Callable} or a Spring method invocation
     */
    public Object invocation() {
        return invocation;
    }

    /**
     * How often the target has been entered.
     *
     * @return 0 as long as every attempt was refused
     */
    public int attempts() {
        return attemptsAndMarks >>> Marks.ATTEMPT_SHIFT;
    }

    /**
     * How long the call has been under way, waits included.
     *
     * @return nanoseconds since the first policy that is timed saw the call; 0 if this is the first reading
     */
    public long elapsedNanos() {
        return site.ticker().nanos() - enteredNanos();
    }

    /**
     * How much time the call has left: of its own limit, or of the deadline it inherited, whichever is less.
     *
     * @return nanoseconds, zero or less if it is over; {@link Long#MAX_VALUE} if the call has all the time in the world
     */
    public long remainingNanos() {
        return is(Marks.BOUNDED) ? deadlineNanos - site.ticker().nanos() : Long.MAX_VALUE;
    }

    /**
     * The moment by which the call must have ended.
     *
     * @return the deadline; empty if it has none
     */
    public Optional<Deadline> deadline() {
        return is(Marks.BOUNDED) ? Optional.of(new Deadline(site.ticker(), deadlineNanos)) : Optional.empty();
    }

    /**
     * Something about the guarded method that a policy shared by many methods wants to know, such as its priority.
     *
     * @param type what to know
     * @param <T> what to know
     * @return the method's, {@code null} if nobody said
     */
    public <T> @Nullable T trait(Class<T> type) {
        return type.cast(site.traits().get(type));
    }

    /**
     * The innermost call that the thread is making an attempt of, for clients with something to {@linkplain #notes note}. Known only
     * where the pipeline has an {@linkplain Pipeline.Builder#reader outcome reader}; for Reactor see {@link #CONTEXT_KEY}.
     *
     * @return the call; {@code null} if there is none
     */
    public static @Nullable Call current() {
        return CallThread.call();
    }

    /**
     * Lets the calling thread take part in an attempt, or in none. For libraries that carry contexts from thread to thread.
     *
     * @param call the call; {@code null} for none
     * @return what held before
     */
    public static @Nullable Call restore(@Nullable Call call) {
        return CallThread.swapCall(call);
    }

    /**
     * What clients used inside the call have noted about the attempt under way, for an {@link OutcomeReader} to find. Each attempt
     * begins without notes. Thread-safe; two who note something for the first time at once get one object.
     *
     * @param type the notes of one kind of client; a call has one kind of notes
     * @param fresh makes empty notes; they must be thread-safe
     * @param <T> the notes
     * @return the notes; {@code null} if there are some of another type
     */
    public <T> @Nullable T notes(Class<T> type, Supplier<? extends T> fresh) {
        if (notes == null) {
            NOTES.compareAndSet(this, null, new CallNotes(null, null));
        }
        CallNotes known = notes;
        return known == null ? null : known.find(type, fresh);
    }

    /**
     * The notes about the last attempt.
     *
     * @param type the notes of one kind of client
     * @param <T> the notes
     * @return the notes; {@code null} if nobody made any of that type
     */
    public <T> @Nullable T notes(Class<T> type) {
        CallNotes known = notes;
        return known == null ? null : known.find(type);
    }

    /**
     * The guarded call that the attempt under way is made in: its client's work is that one's work, too.
     *
     * @return the call around this one; {@code null} if there is none, or nobody would ask
     */
    public @Nullable Call enclosing() {
        CallNotes known = notes;
        return known == null ? null : known.enclosing();
    }

    /**
     * Where the call has been and where it is going. Made by the first who asks, before attempts run beside each other.
     *
     * @return the route, the same for all attempts that come one after the other
     */
    public Route route() {
        while (true) {
            CallNotes known = notes;
            Route route = known == null ? null : known.route();
            if (route != null) {
                return route;
            }
            CallNotes empty = known == null ? new CallNotes(null, null) : known;
            NOTES.compareAndSet(this, known, empty.on(new Route()));
        }
    }

    /**
     * The instance that the attempt under way has been given.
     *
     * @return the lease; {@code null} if no gate has given any
     */
    public @Nullable Lease lease() {
        CallNotes known = notes;
        Route route = known == null ? null : known.route();
        return route == null ? null : route.lease();
    }

    /**
     * What extra calls are paid from, such as a second attempt beside the first.
     *
     * @return the budget of the call's retry policy; empty if it has none
     */
    public Optional<RetryBudget> budget() {
        return site.budget();
    }

    /** Says which call the attempt is made in. */
    void enclosedBy(@Nullable Call outer) {
        if (outer != null && outer != this && enclosing() == null) {
            CallNotes known = notes;
            notes = known == null ? new CallNotes(outer, null) : known.enclosedBy(outer);
        }
    }

    /**
     * What the outcome of an attempt means, if anybody understands it.
     *
     * @param result the result, meaningful only if {@code failure} is {@code null}
     * @param failure what was thrown, or {@code null} if the target answered
     * @return the diagnosis; {@code null} if nobody knows more than that it failed or did not
     */
    public @Nullable Diagnosis diagnose(@Nullable Object result, @Nullable Throwable failure) {
        return site.diagnose(this, result, failure);
    }

    boolean isRead() {
        return site.isRead();
    }

    /**
     * Whether this stands for the call on another thread.
     *
     * @return whether it does so for one attempt only
     */
    public boolean isCopy() {
        return is(Marks.COPY);
    }

    /**
     * The call that an attempt of a race belongs to. What all attempts are to have in common, such as an idempotency key, is the original's.
     *
     * @return this call, unless others run beside it
     */
    public Call original() {
        return this;
    }

    Ticker ticker() {
        return site.ticker();
    }

    /** Takes over a deadline, if it is earlier than the one the call has. */
    void inherit(Ticker clock, long atNanos) {
        Ticker own = site.ticker();
        boundBy(own == clock ? atNanos : CallThread.later(own.nanos(), atNanos - clock.nanos()));
    }

    /** {@return the time of entry by the call's ticker, read once at the first asking; with how long it took, a listener knows the time} */
    public long enteredNanos() {
        if (!is(Marks.CLOCK_READ)) {
            mark(Marks.CLOCK_READ);
            enteredNanos = site.ticker().nanos();
        }
        return enteredNanos;
    }

    /** When an attempt begins: the time of entry serves the first one too, unless something has run before. */
    long attemptNanos() {
        return attempts() == 0 && !is(Marks.REPEATED)
                ? enteredNanos()
                : site.ticker().nanos();
    }

    /**
     * The time as the attempt began. A call reads its clock once for all who ask, and again after a wait.
     *
     * @param clock the clock that the asker goes by
     * @return a reading of that clock; one of this moment if the call itself goes by another
     */
    public long attemptNanos(Ticker clock) {
        return clock == site.ticker() ? attemptNanos() : clock.nanos();
    }

    @Nullable
    Object proceed() throws Throwable {
        attemptsAndMarks += Marks.ATTEMPT;
        if (!site.isRead()) {
            return target.proceed(invocation, this);
        }
        if (notes != null) {
            notes = CallNotes.ofNextAttempt(notes);
        }
        return CallThread.within(this, target, invocation);
    }

    /** Whether a failure concerns no policy: the caller was interrupted, or has lost a race, or the call ignores it as a whole. */
    boolean concernsNobody(Throwable failure) {
        return CallThread.isSuperseded()
                || (Interrupts.isOfCaller(failure) ? !CallThread.limitReached() : ignores(failure));
    }

    /** Whether the application has said that this failure is none. */
    boolean ignores(Throwable failure) {
        return site.ignores(failure);
    }

    /**
     * Whether a stream has handed its first element on, so that running the call again would repeat it.
     *
     * @return {@code false} for calls that are no stream
     */
    public boolean hasEmitted() {
        return is(Marks.EMITTING);
    }

    /** A call of its own that stands where this one does, for another thread to go on with. */
    Call copy() {
        return new Call(this, notes);
    }

    /** Why there must be no attempt beside this one; {@code null} if there may. */
    @Nullable
    String whyNotBeside() {
        return site.whyNotBeside(this);
    }

    /** Adds the attempts of one lane of a race, and takes over what is true of it if the outcome is that lane's. */
    void join(LaneCall lane, boolean decisive) {
        attemptsAndMarks += lane.attemptsMade() * Marks.ATTEMPT;
        mark(Marks.REPEATED | (decisive ? lane.attemptsAndMarks & (Marks.SUBSTITUTED | Marks.EMITTING) : 0));
    }

    /** Takes over what clients have noted in a lane. */
    void takeNotes(LaneCall lane) {
        notes = lane.innermost().notes;
    }

    /** Takes over what a copy has been through, as far as it has come; its deadline and its reading of the clock were its own. */
    void join(Call copy, boolean ended) {
        int more = copy.attempts() - attempts();
        attemptsAndMarks += Math.max(0, more) * Marks.ATTEMPT;
        notes = copy.notes;
        if (ended && copy.is(Marks.SUBSTITUTED)) {
            mark(Marks.SUBSTITUTED);
        }
        mark(Marks.REPEATED); // time has passed on the other thread
    }

    @Override
    public String toString() {
        return "call '" + site.name() + "'"; // no arguments: this text ends in logs
    }
}
