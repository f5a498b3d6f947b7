package io.steadfast.fallback.autoconfigure;

import java.util.Arrays;
import java.util.List;

import io.steadfast.core.Call;
import io.steadfast.fallback.Substitute;
import org.jspecify.annotations.Nullable;

/**
 * The methods that may answer for one guarded method.
 *
 * <p>Exception classes have one superclass each, so all types that take a failure lie on one line, and the nearest is the
 * first in a list sorted by depth. A scan of one to four classes needs no cache, and nothing that could keep a class
 * loader alive.
 */
final class BoundFallbacks implements Substitute {

    /** Answers for nothing. */
    static final BoundFallbacks NONE = new BoundFallbacks(List.of());

    private final BoundFallback[] nearestFirst;

    BoundFallbacks(List<BoundFallback> nearestFirst) {
        this.nearestFirst = nearestFirst.toArray(BoundFallback[]::new);
    }

    @Override
    public boolean suits(Throwable failure) {
        return nearest(failure) != null;
    }

    @Override
    public boolean suitsCallersOwn(Throwable failure) {
        BoundFallback nearest = nearest(failure);
        return nearest != null && nearest.isForCertainFailures();
    }

    @Override
    public @Nullable Object answer(Call call, Throwable failure) throws Exception {
        BoundFallback nearest = nearest(failure);
        if (nearest == null) {
            throw new IllegalArgumentException(
                    "No fallback takes a " + failure.getClass().getName(), failure);
        }
        return nearest.answer(call, failure);
    }

    private @Nullable BoundFallback nearest(Throwable failure) {
        for (BoundFallback fallback : nearestFirst) {
            if (fallback.takes(failure)) {
                return fallback;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return Arrays.toString(
                Arrays.stream(nearestFirst).map(BoundFallback::text).toArray());
    }
}
