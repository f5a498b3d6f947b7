package io.steadfast.spring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyOrder;
import io.steadfast.core.PolicyRuntime;

/** Puts the policies of a call in order and lines them up. */
final class PipelineAssembler {

    private final GlobalSettings global;

    private final PolicyRuntime runtime;

    private final CallCatalogue catalogue;

    private final StartupReport report;

    PipelineAssembler(GlobalSettings global, PolicyRuntime runtime, CallCatalogue catalogue, StartupReport report) {
        this.global = global;
        this.runtime = runtime;
        this.catalogue = catalogue;
        this.report = report;
    }

    Pipeline assemble(String call, List<GuardedPolicy> policies, GuardedMethod method) {
        PolicyOrder order = order(call, policies);
        List<GuardedPolicy> ordered = new ArrayList<>(policies);
        ordered.sort(Comparator.comparingInt(policy -> order.indexOf(policy.id().policy())));
        Pipeline.Builder pipeline = Pipeline.named(call).runtime(runtime).ignoring(global.ignoredBy(call));
        ordered.forEach(policy -> pipeline.slot(policy.slot()));
        catalogue.add(call, method.describe(), ordered, order);
        return pipeline.build();
    }

    /** The order asked for; the standard one if it does not name every policy of the call. */
    private PolicyOrder order(String call, List<GuardedPolicy> policies) {
        PolicyOrder order = global.orderOf(call);
        List<String> ids = policies.stream().map(policy -> policy.id().policy()).toList();
        List<String> missing = order.missing(ids);
        if (missing.isEmpty()) {
            return order;
        }
        report.add(new StartupProblem(
                "The order of '" + call + "' has no place for " + String.join(" and ", missing),
                global.originOfOrder(call),
                "Name every policy the call uses, once, outermost first; the standard order is "
                        + String.join(", ", PolicyOrder.STANDARD.places()) + "."));
        return PolicyOrder.STANDARD;
    }
}
