package io.steadfast.spring;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.steadfast.core.Pipeline;
import io.steadfast.spring.PolicySelection.Selected;
import org.jspecify.annotations.Nullable;

/**
 * Turns the annotations of a method into a pipeline, once, when the bean is made. Mistakes go to the report; what can be
 * made is made, so that one start shows all of them.
 */
final class GuardCompiler implements MethodGuards {

    private final AnnotationReader reader;

    private final PolicySelection selection;

    private final SharedPolicies policies;

    private final PipelineAssembler assembler;

    private final GlobalSettings global;

    private final ReturnTypes returnTypes;

    private final StartupReport report;

    private final Map<GuardedMethod, Optional<Guard>> compiled = new ConcurrentHashMap<>();

    /** Where each policy instance is asked for: policy, instance, place. */
    private final Map<String, Map<String, String>> used = new ConcurrentHashMap<>();

    /** Methods that are guarded although no proxy calls them, such as private fallback methods. */
    private final Set<Method> guardedDirectly = ConcurrentHashMap.newKeySet();

    private final ThreadLocal<List<GuardedMethod>> underWay = ThreadLocal.withInitial(ArrayList::new);

    GuardCompiler(
            AnnotationReader reader,
            PolicySelection selection,
            SharedPolicies policies,
            PipelineAssembler assembler,
            GlobalSettings global,
            ReturnTypes returnTypes,
            StartupReport report) {
        this.reader = reader;
        this.selection = selection;
        this.policies = policies;
        this.assembler = assembler;
        this.global = global;
        this.returnTypes = returnTypes;
        this.report = report;
    }

    /**
     * Compiles a method that is called through a proxy; once, however many instances the bean has.
     *
     * @return what guards it; {@code null} if nothing does
     */
    @Nullable
    Guard compile(GuardedMethod method) {
        Optional<Guard> known = compiled.get(method);
        if (known == null) {
            known = compileOnce(method);
            compiled.put(method, known);
        }
        return known.orElse(null);
    }

    private Optional<Guard> compileOnce(GuardedMethod method) {
        try {
            GuardAnnotations annotations = reader.read(method);
            return annotations.isEmpty() ? Optional.empty() : Optional.ofNullable(compile(method, annotations));
        } catch (InvalidGuardException refusal) {
            report.add(refusal);
            return Optional.empty();
        }
    }

    @Override
    public Invoker guard(String beanName, Class<?> beanClass, Method method, Invoker plain) {
        GuardedMethod guarded = new GuardedMethod(beanName, beanClass, method);
        refuseCycle(guarded);
        if (!reader.isAnnotatedItself(method)) {
            return plain;
        }
        guardedDirectly.add(method);
        Guard guard = compile(guarded, reader.readMethodOnly(guarded));
        if (guard == null) {
            return plain;
        }
        CallStyle.Caller caller = guard.caller(ChainEnd.UNKNOWN);
        return (target, arguments) -> caller.call(new DirectInvocation(target, method, arguments, plain));
    }

    boolean isGuardedDirectly(Method method) {
        return guardedDirectly.contains(method);
    }

    Map<String, Map<String, String>> used() {
        return used;
    }

    private @Nullable Guard compile(GuardedMethod method, GuardAnnotations annotations) {
        underWay.get().add(method);
        try {
            Selected selected = selection.select(annotations, method);
            List<MethodPolicy> made = new ArrayList<>();
            for (RequestedPolicy<?, ?> request : selected.policies()) {
                used.computeIfAbsent(request.provider().policy(), policy -> new ConcurrentHashMap<>())
                        .putIfAbsent(request.instance(), method.describe());
                if (global.allows(request.provider().policy())) {
                    MethodPolicy policy = policies.obtain(request, method, this);
                    if (policy != null) {
                        made.add(policy);
                    }
                }
            }
            if (made.isEmpty()) {
                return null;
            }
            Pipeline pipeline = assembler.assemble(selected.call(), made, method);
            return new Guard(pipeline, returnTypes.styleOf(method, report));
        } finally {
            underWay.get().remove(method);
        }
    }

    /**
     * What guards a method.
     *
     * @param pipeline its policies
     * @param style how it is called
     */
    record Guard(Pipeline pipeline, CallStyle style) {

        CallStyle.Caller caller(ChainEnd chainEnd) {
            return style.prepare(pipeline, new MethodEntry(chainEnd));
        }
    }

    private void refuseCycle(GuardedMethod method) {
        List<GuardedMethod> chain = underWay.get();
        int start = chain.stream().map(GuardedMethod::method).toList().indexOf(method.method());
        if (start >= 0) {
            String circle = chain.subList(start, chain.size()).stream()
                    .map(GuardedMethod::describe)
                    .collect(Collectors.joining(" -> "));
            throw new InvalidGuardException(
                    "These methods stand in for each other in a circle, so a failure would never end",
                    circle + " -> " + method.describe(),
                    "Let the last fallback of the chain stand for itself: remove its annotation.");
        }
    }
}
