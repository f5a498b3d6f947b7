package io.steadfast.resilience4j.metrics;

import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Supplier;

import io.github.resilience4j.micrometer.TimerConfig;
import io.github.resilience4j.micrometer.TimerRegistry;
import io.github.resilience4j.micrometer.annotation.Timer;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AbstractAdvisingBeanPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Times methods with resilience4j's {@link Timer @Timer}, inside all policies as resilience4j does: each attempt by itself. Its
 * {@code fallbackMethod} is a matter of the policies.
 */
public final class TimedMethods extends AbstractAdvisingBeanPostProcessor {

    /** Before the guards, which go outside what is there. */
    private static final int BEFORE_THE_GUARDS = LOWEST_PRECEDENCE - 20;

    /**
     * Times methods.
     *
     * @param registry the timers; asked for with the first call
     * @param laterResults ways to answer before the work is done, besides stages
     * @param beans where names of properties and beans are looked up
     */
    public TimedMethods(
            Supplier<TimerRegistry> registry, List<LaterResult> laterResults, ConfigurableBeanFactory beans) {
        ComposablePointcut annotated = new ComposablePointcut(
                        (org.springframework.aop.Pointcut) new AnnotationMatchingPointcut(Timer.class, true))
                .union((org.springframework.aop.Pointcut) new AnnotationMatchingPointcut(null, Timer.class, true));
        this.advisor = new DefaultPointcutAdvisor(annotated, new Advice(registry, laterResults, new TimerNames(beans)));
        setProxyTargetClass(true);
        setOrder(BEFORE_THE_GUARDS);
    }

    private record Advice(Supplier<TimerRegistry> registry, List<LaterResult> laterResults, TimerNames names)
            implements MethodInterceptor {

        @Override
        public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
            Object target = invocation.getThis();
            Timer annotation = annotation(invocation.getMethod(), target == null ? null : target.getClass());
            if (annotation == null) {
                return invocation.proceed();
            }
            io.github.resilience4j.micrometer.Timer timer = timer(annotation, invocation);
            var started = timer.createContext();
            Object returned;
            try {
                returned = invocation.proceed();
            } catch (Throwable failure) {
                started.onFailure(failure);
                throw failure;
            }
            if (returned != null) {
                for (LaterResult later : laterResults) {
                    if (later.concerns(returned)) {
                        return later.timed(returned, timer, started);
                    }
                }
            }
            started.onSuccess();
            return returned;
        }

        private io.github.resilience4j.micrometer.Timer timer(Timer annotation, MethodInvocation invocation) {
            String name = names.of(annotation.name(), invocation.getMethod(), invocation.getArguments());
            TimerRegistry all = registry.get();
            String shared = annotation.configuration().isEmpty() ? name : annotation.configuration();
            TimerConfig config = all.getConfiguration(shared).orElseGet(all::getDefaultConfig);
            return all.timer(name, config);
        }

        private static @Nullable Timer annotation(Method method, @Nullable Class<?> targetClass) {
            Method specific = AopUtils.getMostSpecificMethod(method, targetClass);
            Timer own = AnnotatedElementUtils.findMergedAnnotation(specific, Timer.class);
            return own != null || targetClass == null
                    ? own
                    : AnnotatedElementUtils.findMergedAnnotation(targetClass, Timer.class);
        }
    }
}
