package io.steadfast.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.core.Call;
import io.steadfast.core.Instance;
import io.steadfast.core.Lease;
import io.steadfast.core.NoInstanceException;
import io.steadfast.core.Pipeline;
import io.steadfast.core.Reservation;
import org.junit.jupiter.api.Test;

/** Calls that come before the first list of instances does. */
class FirstListTests {

    private List<Instance> listed = List.of();

    private final Bench bench =
            new Bench(Bench.inTurns().firstListWait(Duration.ofSeconds(2)).build(), () -> listed);

    @Test
    void whenTheListComes_thenCallsThatWaitGoOn() {
        Call call = bench.call();
        Reservation place = (Reservation) bench.policy.acquire(call);
        AtomicInteger woken = new AtomicInteger();
        place.whenReady(woken::incrementAndGet);
        bench.settleDown();
        assertThat(woken).hasValue(0);
        listed = Bench.instances("a");
        bench.pass(Duration.ofSeconds(1));
        assertThat(woken).hasValue(1);
        Lease lease = (Lease) place.claim(call);
        assertThat(lease.instance().id()).isEqualTo("a");
        assertThat(call.lease()).isSameAs(lease);
    }

    @Test
    void whenTheListDoesNotCome_thenTheCallIsRefusedInTheEnd() {
        Call call = bench.call();
        Reservation place = (Reservation) bench.policy.acquire(call);
        assertThat(place.waitNanos()).isEqualTo(Duration.ofSeconds(2).toNanos());
        bench.pass(Duration.ofSeconds(2));
        assertThatExceptionOfType(NoInstanceException.class).isThrownBy(() -> place.claim(call));
    }

    @Test
    void whenTheTimeForTheFirstListIsOver_thenNobodyWaitsAnyMore() {
        bench.pass(Duration.ofSeconds(2));
        assertThatExceptionOfType(NoInstanceException.class).isThrownBy(() -> bench.policy.acquire(bench.call()));
    }

    @Test
    void whenTheListIsThere_thenWhoAsksToBeWokenIsWokenAtOnce() {
        Reservation place = (Reservation) bench.policy.acquire(bench.call());
        listed = Bench.instances("a");
        bench.settleDown();
        AtomicInteger woken = new AtomicInteger();
        place.whenReady(woken::incrementAndGet);
        assertThat(woken).hasValue(1);
    }

    @Test
    void whenACallWithdraws_thenItIsNotWoken() {
        Call call = bench.call();
        Reservation place = (Reservation) bench.policy.acquire(call);
        AtomicInteger woken = new AtomicInteger();
        place.whenReady(woken::incrementAndGet);
        place.withdraw(call);
        listed = Bench.instances("a");
        bench.pass(Duration.ofSeconds(1));
        assertThat(woken).hasValue(0);
    }

    @Test
    void whenAPlainCallWaits_thenItIsSentToTheInstanceOfTheFirstList() throws Exception {
        listed = Bench.instances("a");
        Pipeline pipeline = Pipeline.named("stock")
                .runtime(bench.runtime)
                .policy(bench.policy)
                .build();
        assertThat(pipeline.call(() -> "ok")).isEqualTo("ok");
        assertThat(bench.state("a").succeeded()).isEqualTo(1);
        assertThat(bench.inFlight()).isZero();
    }

    @Test
    void whenAFixedListIsEmpty_thenNobodyWaitsForAnother() {
        Bench empty = Bench.of();
        assertThatExceptionOfType(NoInstanceException.class).isThrownBy(() -> empty.policy.acquire(empty.call()));
    }
}
