package io.steadfast.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** The guards of a bean's methods, and the methods that should have one but cannot. */
final class BeanGuards {

    private final AnnotationReader reader;

    private final GuardCompiler compiler;

    private final StartupReport report;

    /** Private methods may yet turn out to be fallbacks, which are guarded without a proxy; so these are told last. */
    private final Map<Method, StartupProblem> unreachable = new ConcurrentHashMap<>();

    BeanGuards(AnnotationReader reader, GuardCompiler compiler, StartupReport report) {
        this.reader = reader;
        this.compiler = compiler;
        this.report = report;
    }

    Map<Method, GuardCompiler.Guard> of(Object bean, String beanName) {
        Class<?> beanClass = BeanMethods.userClass(bean);
        Map<Method, GuardCompiler.Guard> guards = new LinkedHashMap<>();
        for (Method method : BeanMethods.of(beanClass)) {
            GuardedMethod guarded = new GuardedMethod(beanName, beanClass, method);
            GuardCompiler.Guard guard = isGuarded(guarded, bean) ? compiler.compile(guarded) : null;
            if (guard != null) {
                guards.put(method, guard);
            }
        }
        if (guards.isEmpty()) {
            checkClass(beanClass, beanName);
        }
        return guards;
    }

    /** An annotation on a class is about the methods that the class itself declares; there must be one. */
    private void checkClass(Class<?> beanClass, String beanName) {
        if (reader.isAnnotatedItself(beanClass) && firstAnnotated(beanClass, beanName) == null) {
            report.add(new StartupProblem(
                    "A class is annotated, but declares no method that this could guard",
                    beanClass.getName() + " of bean '" + beanName + "'",
                    "Annotate the class that declares the methods, or override them."));
        }
    }

    /** Whether any method of a class is annotated, for beans that never came by. */
    @Nullable
    Method firstAnnotated(Class<?> beanClass, String beanName) {
        if (reader.mayBeGuarded(beanClass)) {
            for (Method method : BeanMethods.of(beanClass)) {
                if (isAnnotated(new GuardedMethod(beanName, beanClass, method))) {
                    return method;
                }
            }
        }
        return null;
    }

    /** Annotations that contradict each other are annotations too; what is wrong with them is told where they are compiled. */
    private boolean isAnnotated(GuardedMethod guarded) {
        try {
            return !reader.read(guarded).isEmpty();
        } catch (InvalidGuardException wrong) {
            return true;
        }
    }

    void reportUnreachable() {
        unreachable.forEach((method, problem) -> {
            if (!compiler.isGuardedDirectly(method)) {
                report.add(problem);
            }
        });
        unreachable.clear();
    }

    private boolean isGuarded(GuardedMethod guarded, Object bean) {
        String obstacle = BeanMethods.obstacle(guarded.method(), guarded.beanClass(), bean);
        if (obstacle == null) {
            return true;
        }
        boolean hidden = Modifier.isPrivate(guarded.method().getModifiers())
                || Modifier.isStatic(guarded.method().getModifiers());
        boolean meant = hidden ? reader.isAnnotatedItself(guarded.method()) : isAnnotated(guarded);
        if (meant) {
            unreachable.put(
                    guarded.method(),
                    new StartupProblem(
                            "A method is annotated but cannot be intercepted: " + obstacle,
                            guarded.describe() + " of bean '" + guarded.beanName() + "'",
                            "Make the method public, protected or package-private, neither final nor static, in a class "
                                    + "that is not final; or move it to another bean."));
        }
        return false;
    }
}
