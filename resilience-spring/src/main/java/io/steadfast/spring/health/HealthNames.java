package io.steadfast.spring.health;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.InvalidResilienceException;
import io.steadfast.spring.Spelling;
import io.steadfast.spring.StartupProblem;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The calls that the health's properties name, looked at when all beans have been made: a name that no call goes by would never be
 * unhealthy, and nobody would notice.
 */
public final class HealthNames implements SmartInitializingSingleton {

    private final List<Named> named;

    private final Supplier<List<GuardedCall>> calls;

    /**
     * Names to look at.
     *
     * @param named the names, with where they were written
     * @param calls the guarded calls
     */
    public HealthNames(List<Named> named, Supplier<List<GuardedCall>> calls) {
        this.named = List.copyOf(named);
        this.calls = calls;
    }

    /**
     * A call that a property names.
     *
     * @param call its name
     * @param property the property
     * @param origin where that was set
     */
    public record Named(String call, String property, String origin) {}

    @Override
    public void afterSingletonsInstantiated() {
        List<String> known = calls.get().stream().map(GuardedCall::name).toList();
        List<StartupProblem> problems = new ArrayList<>();
        for (Named name : named) {
            if (!known.contains(name.call())) {
                problems.add(new StartupProblem(
                        "There is no guarded call '" + name.call() + "', which " + name.property() + " names",
                        name.origin(),
                        Spelling.nearest(name.call(), known)
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse(
                                        known.isEmpty()
                                                ? "No call is guarded: remove it."
                                                : "Known are " + String.join(", ", known) + ".")));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidResilienceException(problems);
        }
    }
}
