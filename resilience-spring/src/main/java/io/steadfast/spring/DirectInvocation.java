package io.steadfast.spring;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Method;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** An invocation that comes through no proxy, such as that of a fallback method. Can be repeated. */
record DirectInvocation(
        Object target, Method method, @Nullable Object[] arguments, MethodGuards.Invoker plain)
        implements MethodInvocation {

    /** The same with other arguments. */
    DirectInvocation with(@Nullable Object[] others) {
        return new DirectInvocation(target, method, others, plain);
    }

    @Override
    public Method getMethod() {
        return method;
    }

    @Override
    public @Nullable Object[] getArguments() {
        return arguments;
    }

    @Override
    public @Nullable Object proceed() throws Throwable {
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
