package io.steadfast.ratelimiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import io.steadfast.test.ManualTicker;
import org.junit.jupiter.api.Test;

class KeyTableTests {

    private static final int LIMIT = 5;

    private static final int MAX_KEYS = 100;

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ManualTicker clock = new ManualTicker();

    private final Terms terms = new Terms(
            LimiterConfig.builder()
                    .limitForPeriod(LIMIT)
                    .limitRefreshPeriod(PERIOD)
                    .build(),
            clock.nanos());

    private final KeyTable keys = new KeyTable(terms, MAX_KEYS, IDLE.toNanos());

    private boolean take(String key) {
        return keys.counter(key, clock.nanos()).takeNow(clock.nanos(), 1);
    }

    private void useUp(String key) {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(take(key)).isTrue();
        }
        assertThat(take(key)).isFalse();
    }

    private int size() {
        return keys.census(clock.nanos()).keys();
    }

    @Test
    void whenACallerMakesUpMillionsOfKeys_thenNoMoreAreKeptThanAllowed() {
        for (int i = 0; i < 1_000_000; i++) {
            take("made-up-" + i);
            if (i % 9973 == 0) {
                assertThat(size()).isLessThanOrEqualTo(MAX_KEYS);
            }
        }
        assertThat(size()).isEqualTo(MAX_KEYS);
    }

    @Test
    void whenACallerMakesUpKeys_thenAUsedUpLimitIsNotForgotten() {
        useUp("hot");
        for (int i = 0; i < 100 * MAX_KEYS; i++) {
            assertThat(take("made-up-" + i)).isTrue();
        }
        assertThat(take("hot")).isFalse();
    }

    /** What forgetting means: the key has the whole limit again. It costs as many used-up limits as there is room for. */
    @Test
    void whenAsManyOthersAreUsedUpAsThereIsRoomFor_thenTheOldestAreForgotten() {
        useUp("hot");
        for (int i = 1; i < MAX_KEYS; i++) {
            clock.advance(Duration.ofNanos(1));
            useUp("other-" + i);
        }
        PermitCounter hot = keys.counter("hot", clock.nanos() - MAX_KEYS);
        assertThat(hot.isRetired()).as("forgotten as long as there is room").isFalse();
        for (int i = MAX_KEYS; i < 3 * MAX_KEYS; i++) {
            clock.advance(Duration.ofNanos(1));
            useUp("other-" + i);
        }
        assertThat(hot.isRetired()).isTrue();
    }

    @Test
    void whenThereIsNoRoomAndNobodyHasUsedAnything_thenTheOneNotUsedForLongestGoes() {
        KeyTable few = new KeyTable(terms, 3, IDLE.toNanos());
        for (String key : new String[] {"a", "b", "c", "a"}) {
            few.counter(key, clock.nanos());
            clock.advance(Duration.ofMillis(1));
        }
        PermitCounter kept = few.counter("a", clock.nanos());
        PermitCounter old = few.counter("b", clock.nanos());
        clock.advance(Duration.ofMillis(1));
        few.counter("a", clock.nanos());
        few.counter("c", clock.nanos());
        few.counter("d", clock.nanos());
        assertThat(old.isRetired()).isTrue();
        assertThat(few.counter("a", clock.nanos())).isSameAs(kept);
    }

    @Test
    void whenAKeyIsIdle_thenItIsForgottenAsNewOnesComeAndLosesNothing() {
        useUp("idle");
        for (int i = 0; i < 20; i++) {
            take("idle-" + i);
        }
        clock.advance(IDLE.minusMillis(1));
        take("first");
        assertThat(keys.counter("idle", clock.nanos() - IDLE.toNanos()).isRetired())
                .isFalse();
        clock.advance(Duration.ofMillis(2));
        for (int i = 0; i < 4; i++) {
            take("new-" + i);
        }
        assertThat(size()).isEqualTo(5);
        useUp("idle");
    }

    @Test
    void whenSomebodyLooks_thenIdleKeysAreGone() {
        take("a");
        clock.advance(IDLE);
        take("b");
        assertThat(keys.census(clock.nanos())).isEqualTo(new KeyTable.Census(1, 0));
        useUpRest("b");
        assertThat(keys.census(clock.nanos())).isEqualTo(new KeyTable.Census(1, 1));
    }

    private void useUpRest(String key) {
        while (take(key)) {
            assertThat(size()).isEqualTo(1);
        }
    }

    @Test
    void whenAnIdleKeyStillHasReservations_thenItIsKept() {
        PermitCounter counter = keys.counter("patient", clock.nanos());
        assertThat(counter.reserve(clock.nanos(), LIMIT * 20, PERIOD.toNanos() * 20))
                .isNotNull();
        clock.advance(IDLE);
        assertThat(size()).isEqualTo(1);
        clock.advance(IDLE);
        assertThat(size()).isZero();
    }

    @Test
    void whenThereIsRoomForOneOnly_thenItStillWorks() {
        KeyTable one = new KeyTable(terms, 1, IDLE.toNanos());
        for (int i = 0; i < 1000; i++) {
            assertThat(one.counter("key-" + i % 7, clock.nanos()).takeNow(clock.nanos(), 1))
                    .isTrue();
            assertThat(one.census(clock.nanos()).keys()).isEqualTo(1);
        }
    }
}
