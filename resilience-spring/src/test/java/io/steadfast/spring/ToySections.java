package io.steadfast.spring;

import java.util.List;

/** The sections of one policy, {@code retry}, with {@link ToySettings}: for tests in other packages. */
public final class ToySections {

    private ToySections() {}

    public static PolicySections retry() {
        return new PolicySections(List.of(SettingsWorld.RETRY));
    }
}
