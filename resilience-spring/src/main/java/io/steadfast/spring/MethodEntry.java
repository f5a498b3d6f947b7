package io.steadfast.spring;

import io.steadfast.core.Target;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/**
 * Enters a guarded method through the rest of its interceptor chain.
 *
 * <p>An invocation walks its chain once, so each attempt gets a copy of its own, unless nothing comes after the guard: at
 * the end of the chain an invocation can be repeated, and the copy is saved.
 */
final class MethodEntry implements Target<MethodInvocation> {

    private final ChainEnd chainEnd;

    MethodEntry(ChainEnd chainEnd) {
        this.chainEnd = chainEnd;
    }

    @Override
    public @Nullable Object proceed(MethodInvocation invocation) throws Throwable {
        if (!chainEnd.isReached() && invocation instanceof ProxyMethodInvocation proxied) {
            return proxied.invocableClone().proceed();
        }
        return invocation.proceed();
    }

    @Override
    public @Nullable Object[] arguments(MethodInvocation invocation) {
        return invocation.getArguments();
    }
}
