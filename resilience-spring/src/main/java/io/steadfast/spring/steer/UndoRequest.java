package io.steadfast.spring.steer;

import java.util.List;

import io.steadfast.core.PolicyId;
import io.steadfast.spring.CallCatalogue;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.PolicySections;
import io.steadfast.spring.events.OneLine;

/**
 * Finds the change that somebody wants to take back: the one of an id, or else the last one of a policy.
 *
 * @param call the call they ask about
 * @param pipeline its policies
 * @param sections where policies have their settings
 * @param catalogue knows what the call asks for
 */
record UndoRequest(GuardedCall call, List<SteeredPolicy> pipeline, PolicySections sections, CallCatalogue catalogue) {

    private static final String ID = "id";

    Standing find(ChangeRequest request, List<Standing> all) {
        List<Standing> ours = all.stream().filter(this::concerns).toList();
        Object id = request.values().get(ID);
        if (request.values().size() > (id == null ? 0 : 1)) {
            throw new ChangeRefusedException("undo takes no values but " + ID + ".");
        }
        if (id != null) {
            return ours.stream()
                    .filter(one -> one.change().id().equals(String.valueOf(id)))
                    .findFirst()
                    .orElseThrow(() -> new ChangeRefusedException("Call '" + call.name() + "' has no change '"
                            + OneLine.of(String.valueOf(id)) + "' in force: " + listed(ours)));
        }
        String section = request.policy() == null
                ? null
                : Target.find(call, pipeline, sections, catalogue, request.policy())
                        .section();
        return ours.stream()
                .filter(one -> section == null || one.section().equals(section))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new ChangeRefusedException("Nothing is to be undone: " + listed(ours)));
    }

    /** Made for this call, or for another that shares the policy. */
    private boolean concerns(Standing change) {
        return change.change().call().equals(call.name())
                || pipeline.stream().anyMatch(one -> isOf(change, one.policy().id()));
    }

    private boolean isOf(Standing change, PolicyId id) {
        return sections.sectionOf(id.policy())
                .filter(section -> change.isOf(section, id.instance()))
                .isPresent();
    }

    private static String listed(List<Standing> ours) {
        return ours.isEmpty()
                ? "none is."
                : "these are in force: "
                        + String.join(
                                ", ",
                                ours.stream()
                                        .map(one -> one.change().id() + " ("
                                                + one.change().action() + " of " + one.section() + ")")
                                        .toList())
                        + ".";
    }
}
