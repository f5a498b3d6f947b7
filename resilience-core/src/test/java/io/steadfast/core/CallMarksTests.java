package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

/** A call keeps the number of its attempts and what is true of it in one field. Neither disturbs the other. */
class CallMarksTests {

    private static final int MANY = 70_000; // more than 16 bits

    private final HandTimer timer = new HandTimer();

    private Call call() {
        CallSite site = new CallSite("call", timer, failure -> false, OutcomeReader.NONE, Map.of(), List.of());
        return new Call(site, new Object[0], NoTarget.INSTANCE);
    }

    private static void proceed(Call call, int times) throws Exception {
        try {
            for (int i = 0; i < times; i++) {
                call.proceed();
            }
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    private static void markAll(Call call) {
        call.enteredNanos();
        call.substituted();
        call.repeating();
        call.emitting();
        call.boundBy(7);
        call.limited(false);
        call.limited(true);
    }

    private static void assertAllMarked(Call call) {
        assertThat(call.isSubstituted()).isTrue();
        assertThat(call.hasEmitted()).isTrue();
        assertThat(call.isBounded()).isTrue();
        assertThat(call.isLimitedOnCallersThread()).isFalse();
    }

    @Test
    void whenAllMarksAreSet_thenTheAttemptsAreWhatTheyWere() throws Exception {
        Call call = call();
        assertThat(call.attempts()).isZero();
        markAll(call);
        assertThat(call.attempts()).isZero();
        proceed(call, 3);
        markAll(call);
        assertThat(call.attempts()).isEqualTo(3);
    }

    @Test
    void whenThereAreManyAttempts_thenTheMarksAreWhatTheyWere() throws Exception {
        Call bare = call();
        proceed(bare, MANY);
        assertThat(bare.attempts()).isEqualTo(MANY);
        assertThat(bare.isSubstituted() || bare.hasEmitted() || bare.isBounded() || bare.isLimitedOnCallersThread())
                .isFalse();
        Call marked = call();
        markAll(marked);
        proceed(marked, MANY);
        assertThat(marked.attempts()).isEqualTo(MANY);
        assertAllMarked(marked);
    }

    @Test
    void whenABoundIsTakenBack_thenNothingElseIs() throws Exception {
        Call call = call();
        markAll(call);
        proceed(call, 300);
        call.bound(false, 0);
        assertThat(call.isBounded()).isFalse();
        assertThat(call.isSubstituted()).isTrue();
        assertThat(call.hasEmitted()).isTrue();
        assertThat(call.attempts()).isEqualTo(300);
        call.bound(true, 9);
        assertThat(call.isBounded()).isTrue();
        assertThat(call.attempts()).isEqualTo(300);
    }

    @Test
    void whenACopyIsJoined_thenItsAttemptsAreAddedAndNothingIsLost() throws Exception {
        Call call = call();
        call.emitting();
        proceed(call, 255);
        Call copy = call.copy();
        proceed(copy, 2);
        copy.substituted();
        call.join(copy, true);
        assertThat(call.attempts()).isEqualTo(257);
        assertThat(call.hasEmitted()).isTrue();
        assertThat(call.isSubstituted()).isTrue();
        assertThat(call.isBounded()).isFalse();
    }

    @Test
    void whenACopyIsLeftBehind_thenItsSubstituteIsNobodys() throws Exception {
        Call call = call();
        Call copy = call.copy();
        proceed(copy, 1);
        copy.substituted();
        call.join(copy, false);
        assertThat(call.attempts()).isEqualTo(1);
        assertThat(call.isSubstituted()).isFalse();
    }

    @Test
    void whenACopyHasFewerAttempts_thenNoneIsTakenBack() throws Exception {
        Call call = call();
        Call copy = call.copy();
        proceed(call, 5);
        call.join(copy, true);
        assertThat(call.attempts()).isEqualTo(5);
    }

    @Test
    void whenACallIsMadeByHand_thenItHasOneAttempt() {
        assertThat(Call.of("call").attempts()).isEqualTo(1);
        assertThat(Call.of("call").hasEmitted()).isFalse();
    }

    @Test
    void whenTheClockHasBeenRead_thenItIsNotReadAgainHoweverManyAttempts() throws Exception {
        Call call = call();
        AtomicInteger reads = timer.clockReads;
        call.enteredNanos();
        proceed(call, 1_000);
        call.enteredNanos();
        assertThat(reads).hasValue(1);
    }
}
