package io.steadfast.spring.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.steadfast.core.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The call a thread is in, on its way through Micrometer's snapshots. */
class CallAccessorTests {

    private static final ContextSnapshotFactory SNAPSHOTS =
            ContextSnapshotFactory.builder().build();

    private final Call call = Call.of("stock");

    @AfterEach
    void leaveNothingBehind() {
        Call.restore(null);
    }

    @Test
    void whenTheLibraryIsThere_thenItFindsTheAccessorByItself() {
        assertThat(ContextRegistry.getInstance().getThreadLocalAccessors())
                .filteredOn(CallAccessor.class::isInstance)
                .singleElement()
                .extracting(accessor -> accessor.key())
                .isEqualTo(Call.CONTEXT_KEY);
    }

    @Test
    void whenASnapshotHasACall_thenThreadsAreInItInItsScopeOnly() {
        Call.restore(call);
        ContextSnapshot snapshot = SNAPSHOTS.captureAll();
        Call.restore(null);

        try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
            assertThat(Call.current()).isSameAs(call);
        }
        assertThat(Call.current()).isNull();
    }

    @Test
    void whenASnapshotHasNone_thenTheThreadsOwnIsPutAsideForItsScope() {
        ContextSnapshot nothing =
                ContextSnapshotFactory.builder().clearMissing(true).build().captureAll();
        Call.restore(call);

        try (ContextSnapshot.Scope scope = nothing.setThreadLocals()) {
            assertThat(Call.current()).isNull();
        }
        assertThat(Call.current()).isSameAs(call);
    }
}
