package io.steadfast.spring.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.steadfast.core.ContextCarrier.Carried;
import io.steadfast.core.Deadline;
import io.steadfast.test.ManualTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

/** The deadline of a thread, on its way through Micrometer's snapshots. */
class DeadlineAccessorTests {

    private static final ContextSnapshotFactory SNAPSHOTS =
            ContextSnapshotFactory.builder().build();

    private final ManualTicker ticker = new ManualTicker();

    private final Deadline deadline = Deadline.in(Duration.ofSeconds(5), ticker);

    @AfterEach
    void leaveNothingBehind() {
        Deadline.restore(null);
    }

    @Test
    void whenTheLibraryIsThere_thenItFindsTheAccessorByItself() {
        assertThat(ContextRegistry.getInstance().getThreadLocalAccessors())
                .filteredOn(DeadlineAccessor.class::isInstance)
                .singleElement()
                .extracting(accessor -> accessor.key())
                .isEqualTo(Deadline.CONTEXT_KEY);
    }

    @Test
    void whenASnapshotHasADeadline_thenItHoldsInItsScopeAndWhatWasThereBeforeAfterwards() throws Exception {
        ContextSnapshot snapshot = deadline.call(() -> SNAPSHOTS.captureAll());
        assertThat(Deadline.remaining()).isEmpty();

        try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
            ticker.advance(Duration.ofSeconds(2));
            assertThat(Deadline.remaining()).contains(Duration.ofSeconds(3));
        }
        assertThat(Deadline.remaining()).isEmpty();

        Deadline other = Deadline.in(Duration.ofSeconds(1), ticker);
        other.call(() -> {
            snapshot.setThreadLocals().close();
            assertThat(Deadline.remaining()).contains(Duration.ofSeconds(1));
            return null;
        });
    }

    @Test
    void whenASnapshotHasNoneAndWhatIsMissingIsCleared_thenNoneHoldsInItsScope() throws Exception {
        ContextSnapshot none =
                ContextSnapshotFactory.builder().clearMissing(true).build().captureAll();

        deadline.call(() -> {
            try (ContextSnapshot.Scope scope = none.setThreadLocals()) {
                assertThat(Deadline.remaining()).isEmpty();
            }
            assertThat(Deadline.remaining()).contains(Duration.ofSeconds(5));
            return null;
        });
    }

    @Test
    void whenAReactorContextHasADeadline_thenTheThreadGetsIt() {
        Context context = Context.of(Deadline.CONTEXT_KEY, deadline);

        try (ContextSnapshot.Scope scope = SNAPSHOTS.captureFrom(context).setThreadLocals()) {
            assertThat(Deadline.remaining()).contains(Duration.ofSeconds(5));
        }
    }

    @Test
    void whenAThreadHasADeadline_thenAReactorContextGetsIt() throws Exception {
        Context context = deadline.call(() -> SNAPSHOTS.captureAll().updateContext(Context.empty()));

        assertThat(context.<Deadline>get(Deadline.CONTEXT_KEY).left()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whenTheCarrierCarries_thenTheTaskKnowsWhatItsMakerKnewAndItsThreadIsLeftAsItWas() throws Exception {
        MicrometerContextCarrier carrier = new MicrometerContextCarrier(
                ContextSnapshotFactory.builder().clearMissing(true).build());
        Carried withDeadline = deadline.call(carrier::capture);
        Carried without = carrier.capture();
        Deadline own = Deadline.in(Duration.ofSeconds(1), ticker);

        own.call(() -> {
            assertThat(remainingIn(withDeadline)).contains(Duration.ofSeconds(5));
            assertThat(remainingIn(without)).isEmpty();
            assertThat(remainingIn(withDeadline)).as("any number of times").contains(Duration.ofSeconds(5));
            assertThat(Deadline.remaining()).contains(Duration.ofSeconds(1));
            return null;
        });
    }

    private static Optional<Duration> remainingIn(Carried carried) {
        AtomicReference<Optional<Duration>> seen = new AtomicReference<>();
        carried.wrap(() -> seen.set(Deadline.remaining())).run();
        return seen.get();
    }
}
