package io.steadfast.spring;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.steadfast.spring.PolicySelection.Selected;
import org.jspecify.annotations.Nullable;

/**
 * Turns the annotations of a method into a pipeline, once, when the bean is made. Mistakes go to the report; what can be
 * made is made, so that one start shows all of them.
 */
final class GuardCompiler implements MethodGuards {

    private final AnnotationReader reader;

    private final ReturnTypes returnTypes;

    private final Assembly.Parts parts;

    /** What the application sees of it all, whichever assembly is in force. */
    private final CallCatalogue shown;

    private volatile Assembly assembly;

    private volatile boolean moreNamesToCome;

    private final Map<GuardedMethod, Optional<Guard>> compiled = new ConcurrentHashMap<>();

    /** All that has been lined up, to be lined up anew when settings change. */
    private final Map<Object, Line> lines = new ConcurrentHashMap<>();

    /** The same, the earliest first. */
    private final Queue<Line> order = new ConcurrentLinkedQueue<>();

    /** Methods that are guarded although no proxy calls them, such as private fallback methods. */
    private final Set<Method> guardedDirectly = ConcurrentHashMap.newKeySet();

    private final ThreadLocal<List<GuardedMethod>> underWay = ThreadLocal.withInitial(ArrayList::new);

    GuardCompiler(AnnotationReader reader, ReturnTypes returnTypes, Assembly.Parts parts, Assembly first) {
        this.reader = reader;
        this.returnTypes = returnTypes;
        this.parts = parts;
        this.assembly = first;
        this.shown = first.catalogue();
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
            return annotations.isEmpty() ? Optional.empty() : Optional.ofNullable(compile(method, method, annotations));
        } catch (InvalidGuardException refusal) {
            assembly.report().add(refusal);
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
        Guard guard = compile(new Direct(guarded), guarded, reader.readMethodOnly(guarded));
        if (guard == null) {
            return plain;
        }
        LiveCaller caller = guard.caller(ChainEnd.UNKNOWN);
        return (target, arguments) -> caller.call(new DirectInvocation(target, method, arguments, plain));
    }

    boolean isGuardedDirectly(Method method) {
        return guardedDirectly.contains(method);
    }

    void expectMoreNames() {
        moreNamesToCome = true;
    }

    void check() {
        assembly.check(moreNamesToCome);
    }

    /** Compiles a call that belongs to no method. It is there even if no policy is, for its maker holds on to it. */
    NamedCall compile(CallRequest request) {
        GuardedMethod stand = GuardedMethod.ofCall(request.asker());
        return new NamedCall(request, lineUp(request, stand, current -> current.select(request)));
    }

    private @Nullable Guard compile(Object key, GuardedMethod method, GuardAnnotations annotations) {
        LivePipeline pipeline = lineUp(key, method, current -> current.select(annotations, method));
        return pipeline.isEmptyFromTheStart()
                ? null
                : new Guard(pipeline, returnTypes.styleOf(method, assembly.report()));
    }

    /** Lines policies up. Of two threads that do so for the same, one is heard; who comes amid a change is seen to after it. */
    private LivePipeline lineUp(Object key, GuardedMethod method, Function<Assembly, Selected> selection) {
        Line known = lines.get(key);
        if (known != null) {
            return known.pipeline;
        }
        Assembly by = assembly;
        Line line = new Line(method, selection, new LivePipeline(lineUp(by, method, selection)), by);
        Line first = lines.putIfAbsent(key, line);
        if (first != null) {
            return first.pipeline;
        }
        order.add(line);
        catchUp(line);
        return line.pipeline;
    }

    private void catchUp(Line line) {
        for (Assembly now = assembly; line.by != now; now = assembly) {
            line.pipeline.replace(lineUp(now, line.method, line.selection));
            line.by = now;
        }
    }

    /** After a change: what was lined up while it was prepared was so by the settings before. */
    void settle() {
        order.forEach(this::catchUp);
    }

    private Lineup lineUp(Assembly by, GuardedMethod method, Function<Assembly, Selected> selection) {
        underWay.get().add(method);
        try {
            return by.lineUp(selection.apply(by), method, this);
        } finally {
            underWay.get().remove(method);
        }
    }

    Changes newChanges() {
        return new Changes(assembly.report().forChange());
    }

    /** Lines everything up as the properties are now. Nothing is changed before {@link Changes#apply()}. */
    void prepare(Changes changes) {
        Assembly next = assembly.next(parts, changes);
        Set<Line> done = Collections.newSetFromMap(new IdentityHashMap<>());
        while (done.size() < order.size()) { // a method that stands in for another may join meanwhile
            for (Line line : order) {
                if (done.add(line)) {
                    lineUpAnew(line, next, changes);
                }
            }
        }
        next.check(moreNamesToCome);
        changes.then(() -> {
            changes.report().goOn();
            next.settle();
            shown.become(changes.catalogue());
            assembly = next;
        });
    }

    private void lineUpAnew(Line line, Assembly next, Changes changes) {
        try {
            Lineup lineup = lineUp(next, line.method, line.selection);
            if (line.isUnguarded() && !lineup.slots().isEmpty()) {
                changes.report()
                        .notice(line.method.describe() + " would be guarded now, but was not when its bean was made: "
                                + "start the application again.");
            }
            changes.note(lineup.pipeline().name(), line.pipeline.current().slots(), lineup.slots());
            changes.then(() -> {
                line.pipeline.replace(lineup);
                line.by = next;
            });
        } catch (InvalidGuardException refusal) {
            changes.report().add(refusal);
        }
    }

    /** Something that was lined up. */
    private static final class Line {

        private final GuardedMethod method;

        private final Function<Assembly, Selected> selection;

        private final LivePipeline pipeline;

        private volatile Assembly by;

        Line(GuardedMethod method, Function<Assembly, Selected> selection, LivePipeline pipeline, Assembly by) {
            this.method = method;
            this.selection = selection;
            this.pipeline = pipeline;
            this.by = by;
        }

        /** A method that nothing guarded at first has no proxy. */
        boolean isUnguarded() {
            return method.label() == null && pipeline.isEmptyFromTheStart();
        }
    }

    /** A method that is called without a proxy, which others may call through one. */
    private record Direct(GuardedMethod method) {}

    /**
     * What guards a method.
     *
     * @param pipeline its policies
     * @param style how it is called
     */
    record Guard(LivePipeline pipeline, CallStyle style) {

        LiveCaller caller(ChainEnd chainEnd) {
            return new LiveCaller(pipeline, style, new MethodEntry(chainEnd));
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
