package io.steadfast.spring.steer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.steadfast.core.PolicySlot;
import io.steadfast.core.Steering;
import io.steadfast.spring.RefreshResult;
import io.steadfast.spring.ResilienceRefresher;
import io.steadfast.spring.StartupProblem;
import org.jspecify.annotations.Nullable;

/** The changes in force, the earliest first, and what they do. Changed by one thread at a time; read by any. */
final class InForce {

    private static final int MOST = 500;

    private final ResilienceRefresher refresher;

    private final Overlay overlay;

    private volatile List<Standing> standing = List.of();

    InForce(ResilienceRefresher refresher, Overlay overlay) {
        this.refresher = refresher;
        this.overlay = overlay;
    }

    List<Standing> all() {
        return standing;
    }

    /**
     * Adds a change.
     *
     * @return what it has changed, in words
     * @throws ChangeRefusedException if it is refused; nothing has been changed
     */
    List<String> add(Standing added) {
        if (standing.size() >= MOST) {
            throw new ChangeRefusedException(MOST + " changes are in force: undo some of them first.");
        }
        List<Standing> next = new ArrayList<>(standing);
        next.add(added);
        if (added.effect() instanceof Standing.Forced forced) {
            standing = List.copyOf(next);
            return steer(forced.slot(), forced.steering());
        }
        return differences(exchange(next), added);
    }

    /**
     * Takes changes out of force that belong to one policy, and undoes what they did unless a later one does the same.
     *
     * @return what it has changed, in words
     * @throws ChangeRefusedException if the settings that would hold then are refused; nothing has been changed
     */
    List<String> remove(Collection<Standing> removed) {
        List<Standing> next = new ArrayList<>(standing);
        next.removeAll(removed);
        List<String> told = new ArrayList<>();
        Standing any = removed.iterator().next();
        if (removed.stream().anyMatch(one -> !one.properties().isEmpty())) {
            told.addAll(differences(exchange(next), any));
        }
        List<Standing> before = standing;
        standing = List.copyOf(next);
        removed.forEach(one -> {
            one.cancelEnd();
            if (one.effect() instanceof Standing.Forced forced) {
                told.addAll(release(forced.slot(), before));
            }
        });
        return told;
    }

    /** Forgets changes that have been undone otherwise. */
    void forget(Collection<Standing> ended) {
        ended.forEach(Standing::cancelEnd);
        List<Standing> next = new ArrayList<>(standing);
        next.removeAll(ended);
        standing = List.copyOf(next);
    }

    void replace(Standing one, Standing other) {
        List<Standing> next = new ArrayList<>(standing);
        next.replaceAll(known -> known == one ? other : known);
        standing = List.copyOf(next);
    }

    /** Lets go of everything, but changes no policy. */
    void drop() {
        standing.forEach(Standing::cancelEnd);
        standing = List.of();
        overlay.show(List.of());
    }

    /** The latest of those left says what is forced. */
    private List<String> release(PolicySlot<?> slot, List<Standing> before) {
        Standing last = lastForcing(slot, before);
        Standing left = lastForcing(slot, standing);
        if (last == left) {
            return List.of();
        }
        return steer(
                slot,
                left != null && left.effect() instanceof Standing.Forced forced ? forced.steering() : Steering.RELEASE);
    }

    private static @Nullable Standing lastForcing(PolicySlot<?> slot, List<Standing> among) {
        return among.stream()
                .filter(one -> one.forces(slot))
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    private static List<String> steer(PolicySlot<?> slot, Steering steering) {
        String difference = Slots.steer(slot, steering);
        return difference.isEmpty() ? List.of() : List.of(difference);
    }

    private RefreshResult exchange(List<Standing> next) {
        List<Standing> before = standing;
        RefreshResult result = refresher.tryOut(() -> overlay.show(next), () -> overlay.show(before));
        if (result.isRefused()) {
            throw new ChangeRefusedException(
                    result.problems().stream().map(StartupProblem::describe).toList());
        }
        standing = List.copyOf(next);
        return result;
    }

    /** All of them: those of others that are based on it, too, and what properties have changed without anybody having looked. */
    private static List<String> differences(RefreshResult result, Standing of) {
        return result.changes().stream()
                .map(change -> of.isOf(change.policy(), change.instance())
                        ? change.key() + " from " + change.from() + " to " + change.to()
                        : "and of " + change.describe())
                .toList();
    }
}
