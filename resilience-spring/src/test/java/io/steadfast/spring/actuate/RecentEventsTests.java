package io.steadfast.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyEvent.Kind;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicySlot;
import io.steadfast.core.ResilienceListener;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.spring.toys.ToyBreakerPolicy;
import io.steadfast.spring.toys.ToyRetryPolicy;
import org.junit.jupiter.api.Test;

class RecentEventsTests {

    private static final PolicyId RETRY = new PolicyId("retry", "stock");

    private static final PolicyId BREAKER = new PolicyId("circuit-breaker", "shared");

    private final RecentEvents recent =
            new RecentEvents(() -> Clock.fixed(Instant.parse("2026-11-23T10:15:30Z"), ZoneOffset.UTC));

    @Test
    void whenMoreHappensThanIsKept_thenTheLatestStay() {
        for (int number = 0; number < 150; number++) {
            recent.policyEvent(event(RETRY, "stock", "number " + number));
        }

        List<RecordedEvent> events = recent.of(call("stock"));

        assertThat(events).hasSize(RecentEvents.OTHERS);
        assertThat(events.get(0).detail()).isEqualTo("number 110");
        assertThat(events.get(RecentEvents.OTHERS - 1).detail()).isEqualTo("number 149");
    }

    @Test
    void whenABreakerRefusesManyCalls_thenItsOpeningIsStillKept() {
        recent.policyEvent(PolicyEvent.stateChanged(BREAKER, "CLOSED", "OPEN", "too many failures"));
        for (int number = 0; number < 1000; number++) {
            recent.policyEvent(event(BREAKER, "stock", "refused"));
        }

        assertThat(recent.of(call("stock")))
                .hasSize(1 + RecentEvents.OTHERS)
                .anySatisfy(event -> assertThat(event.kind()).isEqualTo(Kind.STATE_CHANGED));
    }

    @Test
    void whenAFailureIsKept_thenAsTextOnly() {
        recent.policyEvent(
                PolicyEvent.of(Kind.RETRYING, RETRY, "stock", "attempt 1 failed", new IllegalStateException("boom")));

        RecordedEvent event = recent.of(call("stock")).get(0);

        assertThat(event.detail()).isEqualTo("attempt 1 failed (java.lang.IllegalStateException: boom)");
        assertThat(event.at()).isEqualTo("2026-11-23T10:15:30Z");
    }

    @Test
    void whenASharedPolicyChangesState_thenEachCallThatUsesItShowsIt() {
        recent.policyEvent(PolicyEvent.stateChanged(BREAKER, "CLOSED", "OPEN", "too many failures"));

        assertThat(recent.of(call("stock")))
                .singleElement()
                .satisfies(event -> assertThat(event.kind()).isEqualTo(Kind.STATE_CHANGED));
        assertThat(recent.of(call("other"))).hasSize(1);
    }

    @Test
    void whenASharedPolicyRefusesAnotherCall_thenOnlyThatCallShowsIt() {
        recent.policyEvent(event(BREAKER, "shared", "refused"));

        assertThat(recent.of(call("stock"))).isEmpty();
        assertThat(recent.of(call("shared"))).hasSize(1);
    }

    /** A deadline that a call inherits belongs to no policy of its own. */
    @Test
    void whenACallIsRefusedByNoPolicyOfItsOwn_thenItIsShownAllTheSame() {
        recent.policyEvent(event(new PolicyId("timeout", "stock"), "stock", "no time left"));

        assertThat(recent.of(call("stock"))).hasSize(1);
        assertThat(recent.of(call("other"))).isEmpty();
    }

    @Test
    void whenAPolicyOfThatNameBelongsToAnotherCall_thenItsChangesAreNotShown() {
        recent.policyEvent(PolicyEvent.stateChanged(new PolicyId("bulkhead", "stock"), "WIDE", "NARROW", "slow"));

        assertThat(recent.of(call("stock"))).isEmpty();
    }

    @Test
    void whenThereAreTooManyNames_thenNoMoreAreTaken() {
        for (int number = 0; number < RecentEvents.MOST_NAMES; number++) {
            recent.policyEvent(event(RETRY, "dynamic " + number, "retrying"));
        }
        recent.policyEvent(event(RETRY, "one too many", "retrying"));

        assertThat(recent.of(call("dynamic 999"))).hasSize(1);
        assertThat(recent.of(call("one too many"))).isEmpty();
    }

    private static PolicyEvent event(PolicyId policy, String call, String detail) {
        return PolicyEvent.of(Kind.RETRYING, policy, call, detail, null);
    }

    private static GuardedCall call(String name) {
        GuardedPolicy retry = new GuardedPolicy(PolicySlot.of(new ToyRetryPolicy("stock", 3)), Map.of());
        GuardedPolicy breaker =
                new GuardedPolicy(PolicySlot.of(new ToyBreakerPolicy("shared", ResilienceListener.NONE)), Map.of());
        return new GuardedCall(name, List.of("Stock.find()"), List.of(retry, breaker));
    }
}
