package io.steadfast.spring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.steadfast.core.FailureFilter;
import io.steadfast.core.IgnoredFailures;
import io.steadfast.core.OutcomeReader;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyOrder;
import io.steadfast.core.PolicyRuntime;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/** Puts the policies of a call in order and lines them up. */
final class PipelineAssembler {

    private static final String IGNORE_EXCEPTIONS = "ignore-exceptions";

    private final GlobalSettings global;

    private final PolicyRuntime runtime;

    private final OutcomeReader reader;

    private final CallCatalogue catalogue;

    private final CallRules rules;

    private final StartupReport report;

    PipelineAssembler(
            GlobalSettings global,
            PolicyRuntime runtime,
            OutcomeReader reader,
            CallCatalogue catalogue,
            CallRules rules,
            StartupReport report) {
        this.global = global;
        this.runtime = runtime;
        this.reader = reader;
        this.catalogue = catalogue;
        this.rules = rules;
        this.report = report;
    }

    Lineup assemble(String call, List<MethodPolicy> policies, GuardedMethod method) {
        List<GuardedPolicy> ordered = new ArrayList<>();
        policies.forEach(policy -> ordered.addAll(policy.places()));
        PolicyOrder order = order(call, ordered);
        ordered.sort(Comparator.comparingInt(policy -> order.indexOf(policy.id().policy())));
        Pipeline.Builder pipeline =
                Pipeline.named(call).runtime(runtime).reader(reader).ignoring(global.ignoredBy(call));
        ordered.forEach(policy -> pipeline.slot(policy.slot()));
        policies.forEach(policy -> policy.traits().forEach((type, trait) -> add(pipeline, type, trait)));
        pipeline.trait(IgnoredFailures.class, new IgnoredFailures(SingletonSupplier.of(() -> ignored(policies))));
        catalogue.add(call, method.describe(), ordered, order);
        rules.add(new GuardedCallSettings(call, method.describe(), places(ordered), policies));
        return Lineup.of(pipeline.build(), global.ignoredFailuresOf(call), ordered, argumentsOf(policies));
    }

    /** What the policies around a method have been told to ignore, the fallback included, which needs no telling. */
    private static FailureFilter ignored(List<MethodPolicy> policies) {
        List<Class<? extends Throwable>> ignored = new ArrayList<>();
        for (MethodPolicy policy : policies) {
            if (policy.settings().get().typed(IGNORE_EXCEPTIONS) instanceof List<?> listed) {
                listed.stream()
                        .filter(Class.class::isInstance)
                        .map(type -> ((Class<?>) type).asSubclass(Throwable.class))
                        .forEach(ignored::add);
            }
        }
        return new FailureFilter(List.of(), ignored);
    }

    private static @Nullable AttemptArguments argumentsOf(List<MethodPolicy> policies) {
        return policies.stream()
                .map(policy -> policy.traits().get(AttemptArguments.class))
                .filter(AttemptArguments.class::isInstance)
                .map(AttemptArguments.class::cast)
                .findFirst()
                .orElse(null);
    }

    private static <T> void add(Pipeline.Builder pipeline, Class<T> type, Object trait) {
        pipeline.trait(type, type.cast(trait));
    }

    private static List<String> places(List<GuardedPolicy> policies) {
        return policies.stream().map(policy -> policy.id().policy()).toList();
    }

    /** The order asked for; the standard one if it does not name every policy of the call. */
    private PolicyOrder order(String call, List<GuardedPolicy> policies) {
        PolicyOrder order = global.orderOf(call);
        List<String> missing = order.missing(places(policies));
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
