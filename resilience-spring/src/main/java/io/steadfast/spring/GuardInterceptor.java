package io.steadfast.spring;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Runs one method of one bean under its policies. Bound when the proxy is made: nothing is looked up per call. */
final class GuardInterceptor implements MethodInterceptor {

    private final LiveCaller caller;

    GuardInterceptor(LiveCaller caller) {
        this.caller = caller;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        return caller.call(invocation);
    }
}
