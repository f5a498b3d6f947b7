package io.steadfast.spring;

import java.util.List;

/**
 * What became of a change of properties.
 *
 * @param changes the settings that hold now and did not before; empty if nothing has changed, or all was refused
 * @param problems why everything was refused; empty if it was not
 */
public record RefreshResult(List<SettingChange> changes, List<StartupProblem> problems) {

    /**
     * Copies the lists.
     *
     * @param changes the settings
     * @param problems why not
     */
    public RefreshResult {
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
    }

    /**
     * Whether nothing was changed because something is wrong.
     *
     * @return whether there are problems
     */
    public boolean isRefused() {
        return !problems.isEmpty();
    }
}
