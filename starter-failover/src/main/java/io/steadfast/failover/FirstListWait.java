package io.steadfast.failover;

import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.Reservation;
import org.jspecify.annotations.Nullable;

/** The place of a call that came before the first list of instances did. */
final class FirstListWait extends Reservation {

    private final FailoverPolicy policy;

    private final Supply supply;

    private volatile @Nullable Runnable wake;

    FirstListWait(FailoverPolicy policy, Supply supply) {
        this.policy = policy;
        this.supply = supply;
    }

    @Override
    public long waitNanos() {
        return supply.firstListWait();
    }

    @Override
    public boolean mayComeEarly() {
        return true;
    }

    @Override
    public void whenReady(Runnable wake) {
        this.wake = wake;
        supply.whenListed(wake);
    }

    @Override
    public Permit claim(Call call) {
        forget();
        return policy.leaseAfterWait(call);
    }

    @Override
    public void withdraw(Call call) {
        forget();
    }

    private void forget() {
        Runnable told = wake;
        if (told != null) {
            supply.forget(told);
        }
    }
}
