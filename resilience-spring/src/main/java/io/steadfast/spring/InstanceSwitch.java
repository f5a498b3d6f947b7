package io.steadfast.spring;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/** The keys that every policy's instances have beside their own. */
final class InstanceSwitch {

    static final SettingsKeys KEYS = SettingsKeys.of(InstanceSwitch.class);

    /** Stands for "no key": the instance is named, and nothing is set. */
    static final SettingsKey NONE =
            new SettingsKey("", ResolvableType.forClass(String.class), SettingsKey.Shape.SINGLE, List.of());

    private boolean enabled = true;

    private @Nullable String base;

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public @Nullable String getBase() {
        return base;
    }

    public void setBase(@Nullable String base) {
        this.base = base;
    }
}
