package io.steadfast.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** The plainest race: further attempts after the same delay each time. Remembers what it hears. */
final class Hedging implements Race {

    final List<String> heard = new CopyOnWriteArrayList<>();

    private final long delayNanos;

    private final int extra;

    private final BooleanSupplier permission;

    private Hedging(Duration delay, int extra, BooleanSupplier permission) {
        this.delayNanos = delay.toNanos();
        this.extra = extra;
        this.permission = permission;
    }

    static Hedging after(Duration delay) {
        return new Hedging(delay, 1, () -> true);
    }

    static Hedging never() {
        return new Hedging(Duration.ZERO, 0, () -> true);
    }

    Hedging upTo(int most) {
        return new Hedging(Duration.ofNanos(delayNanos), most, permission);
    }

    Hedging ifAllowed(BooleanSupplier asked) {
        return new Hedging(Duration.ofNanos(delayNanos), extra, asked);
    }

    @Override
    public PolicyId id() {
        return new PolicyId("hedge", "test");
    }

    @Override
    public long delayNanos(Call call, int started) {
        return started > extra ? NEVER : delayNanos;
    }

    @Override
    public boolean mayStart(Call call, int started) {
        return permission.getAsBoolean();
    }

    @Override
    public boolean timed() {
        return true;
    }

    @Override
    public void ended(Call call, int attempt, long elapsedNanos, Object result, Throwable failure) {
        heard.add(attempt + " ended " + (failure == null ? result : failure.getMessage()));
    }

    @Override
    public void cutShort(Call call, int attempt, long elapsedNanos) {
        heard.add(attempt + " cut short");
    }
}
