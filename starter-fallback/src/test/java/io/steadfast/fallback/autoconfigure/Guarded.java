package io.steadfast.fallback.autoconfigure;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.StageTarget;
import io.steadfast.core.Target;
import io.steadfast.fallback.Fallback;
import io.steadfast.reactor.ReactorPipelines;
import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.InvalidGuardException;
import io.steadfast.spring.MethodGuards;
import io.steadfast.spring.PolicyRequest;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Puts fallbacks, and nothing else, around the methods of an object: the smallest thing that can call a binding. */
final class Guarded implements MethodGuards {

    private final FallbackPolicyProvider provider;

    private final BeanFactory beans;

    Guarded(BeanFactory beans) {
        this(new FallbackPolicyProvider(), beans);
    }

    Guarded(FallbackPolicyProvider provider, BeanFactory beans) {
        this.provider = provider;
        this.beans = beans;
    }

    static <T> T proxy(T target) {
        return new Guarded(new DefaultListableBeanFactory()).proxy("bean", target);
    }

    /** Binds all methods of a class, for those who expect a refusal. */
    static void bind(Class<?> type) {
        new Guarded(new DefaultListableBeanFactory()).pipelines("bean", type);
    }

    @SuppressWarnings("unchecked")
    <T> T proxy(String name, T target) {
        Map<Method, Pipeline> pipelines = pipelines(name, target.getClass());
        ProxyFactory factory = new ProxyFactory(target);
        factory.setProxyTargetClass(true);
        factory.addAdvice((org.aopalliance.intercept.MethodInterceptor) invocation -> {
            Pipeline pipeline = pipelines.get(invocation.getMethod());
            return pipeline == null ? invocation.proceed() : run(pipeline, invocation);
        });
        return (T) factory.getProxy(target.getClass().getClassLoader());
    }

    Map<Method, Pipeline> pipelines(String name, Class<?> type) {
        Map<Method, Pipeline> pipelines = new HashMap<>();
        for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type, method -> !method.isSynthetic())) {
            Fallback annotation = AnnotatedElementUtils.findMergedAnnotation(method, Fallback.class);
            if (annotation == null && method.getDeclaringClass() != Object.class) {
                annotation = AnnotatedElementUtils.findMergedAnnotation(type, Fallback.class);
            }
            if (annotation != null) {
                pipelines.put(method, pipeline(new GuardedMethod(name, type, method), annotation));
            }
        }
        return pipelines;
    }

    @Override
    public Invoker guard(String beanName, Class<?> beanClass, Method method, Invoker plain) {
        Fallback annotation = method.getAnnotation(Fallback.class);
        if (annotation == null) {
            return plain;
        }
        Pipeline pipeline = pipeline(new GuardedMethod(beanName, beanClass, method), annotation);
        return (target, arguments) -> run(pipeline, new Direct(target, method, arguments, plain));
    }

    private Pipeline pipeline(GuardedMethod method, Fallback annotation) throws InvalidGuardException {
        FallbackProperties.Settings settings = new FallbackProperties.Settings();
        PolicyId id = new PolicyId("fallback", method.defaultName());
        return Pipeline.of(
                method.defaultName(),
                provider.create(
                        new PolicyRequest<>(id, settings, annotation, method, PolicyRuntime.system(), beans, this)));
    }

    private static Object run(Pipeline pipeline, MethodInvocation invocation) throws Throwable {
        Class<?> returned = invocation.getMethod().getReturnType();
        if (CompletionStage.class.isAssignableFrom(returned)) {
            return pipeline.callAsync(invocation, new StageEntry());
        }
        if (returned == Mono.class) {
            return ReactorPipelines.mono(pipeline, invocation, new Entry());
        }
        if (returned == Flux.class) {
            return ReactorPipelines.flux(pipeline, invocation, new Entry());
        }
        return pipeline.call(invocation, new Entry());
    }

    private static class Entry implements Target<MethodInvocation> {

        @Override
        public Object proceed(MethodInvocation invocation) throws Throwable {
            return invocation.proceed();
        }

        @Override
        public Object[] arguments(MethodInvocation invocation) {
            return invocation.getArguments();
        }
    }

    private static final class StageEntry extends Entry implements StageTarget<MethodInvocation> {}

    private record Direct(Object target, Method method, Object[] arguments, Invoker plain) implements MethodInvocation {

        @Override
        public Method getMethod() {
            return method;
        }

        @Override
        public Object[] getArguments() {
            return arguments;
        }

        @Override
        public Object proceed() throws Throwable {
            return plain.invoke(target, arguments);
        }

        @Override
        public Object getThis() {
            return target;
        }

        @Override
        public AccessibleObject getStaticPart() {
            return method;
        }
    }
}
