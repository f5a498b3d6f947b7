package io.steadfast.spring.actuate;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.events.OneLine;
import io.steadfast.spring.steer.ChangeRefusedException;
import io.steadfast.spring.steer.ChangeRequest;
import io.steadfast.spring.steer.LiveChange;
import io.steadfast.spring.steer.LiveChanges;
import io.steadfast.spring.steer.SteeredPolicy;
import org.jspecify.annotations.Nullable;

/**
 * All that an operator can see and do, as the endpoint answers, for whoever serves it elsewhere. Reads and changes are not guarded
 * here: who serves it decides who may. Thread-safe.
 */
public final class CallBoard {

    private final LiveChanges changes;

    private final RecentEvents recent;

    /**
     * A board.
     *
     * @param changes the calls, and what is changed by hand
     * @param recent what happened to them
     */
    public CallBoard(LiveChanges changes, RecentEvents recent) {
        this.changes = changes;
        this.recent = recent;
    }

    /**
     * All calls, and the changes by hand that are in force.
     *
     * @return the calls, ordered by name
     */
    public CallsDescriptor calls() {
        return new CallsDescriptor(changes.calls().stream().map(this::summary).toList(), changes.inForce());
    }

    /**
     * One call.
     *
     * @param name its name
     * @return the call; empty if there is none of that name
     */
    public Optional<CallDescriptor> call(String name) {
        return changes.find(name).map(this::detail);
    }

    /**
     * What is wrong with a call now.
     *
     * @param call the call
     * @return one line; empty if nothing is
     */
    public Optional<String> trouble(GuardedCall call) {
        List<SteeredPolicy> pipeline = changes.pipeline(call);
        return Trouble.of(pipeline, events(call, pipeline), recent.now());
    }

    /**
     * Changes something.
     *
     * @param name the call's name
     * @param request what is asked for, as the body of the endpoint's {@code POST} has it: {@code action}, {@code policy},
     *     {@code values}, {@code for}
     * @param by who asks; {@code null} if nobody knows
     * @return the answer; never throws what is wrong with the request
     */
    public WriteAnswer write(String name, Map<String, ? extends @Nullable Object> request, @Nullable String by) {
        if (changes.find(name).isEmpty()) {
            return WriteAnswer.of(ChangeProblem.notFound("There is no call '" + OneLine.of(name) + "'"));
        }
        try {
            WriteBody body = new WriteBody(request);
            body.refuseUnknownFields();
            LiveChange made = changes.make(
                    new ChangeRequest(name, body.text("action"), body.text("policy"), body.values(), body.time(), by));
            CallDescriptor after =
                    call(name).orElseGet(() -> new CallDescriptor(name, List.of(), List.of(), List.of()));
            return new WriteAnswer(200, new WriteAnswer.Changed(made.id(), after));
        } catch (ChangeRefusedException refusal) {
            return WriteAnswer.of(ChangeProblem.badRequest(refusal.reasons()));
        }
    }

    private CallsDescriptor.Summary summary(GuardedCall call) {
        List<String> policies = changes.pipeline(call).stream()
                .map(one -> one.policy().id().policy())
                .toList();
        return new CallsDescriptor.Summary(call.name(), call.methods(), policies, trouble(call));
    }

    private CallDescriptor detail(GuardedCall call) {
        List<SteeredPolicy> pipeline = changes.pipeline(call);
        return new CallDescriptor(
                call.name(),
                call.methods(),
                pipeline.stream().map(CallDescriptor.PolicyDescriptor::of).toList(),
                events(call, pipeline).stream()
                        .map(CallDescriptor.EventDescriptor::of)
                        .toList());
    }

    /** Those of policies that are disabled by hand are among them. */
    private List<RecordedEvent> events(GuardedCall call, List<SteeredPolicy> pipeline) {
        return recent.of(new GuardedCall(
                call.name(),
                call.methods(),
                pipeline.stream().map(SteeredPolicy::policy).toList()));
    }
}
