package io.steadfast.test;

import java.time.Duration;

import io.steadfast.core.Call;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.Race;

/** The contract of races, kept by the plainest one: the drivers' part of it. */
class FixedRaceContractTests extends RaceContract {

    @Override
    protected Race race(PolicyRuntime runtime) {
        return new FixedRace(delay());
    }

    @Override
    protected Duration delay() {
        return Duration.ofMillis(50);
    }

    private record FixedRace(Duration pause) implements Race {

        @Override
        public PolicyId id() {
            return new PolicyId("hedge", "contract");
        }

        @Override
        public long delayNanos(Call call, int started) {
            return started == 1 ? pause.toNanos() : NEVER;
        }

        @Override
        public boolean mayStart(Call call, int started) {
            return true;
        }
    }
}
