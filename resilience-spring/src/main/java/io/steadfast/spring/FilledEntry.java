package io.steadfast.spring;

import io.steadfast.core.Call;
import io.steadfast.core.Target;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/** Enters a guarded method with arguments that are filled in for each attempt. The caller's own stay as they are. */
record FilledEntry(Target<MethodInvocation> plain, AttemptArguments arguments) implements Target<MethodInvocation> {

    @Override
    public @Nullable Object proceed(MethodInvocation invocation) throws Throwable {
        return plain.proceed(invocation); // without a call there is nothing to fill in
    }

    @Override
    public @Nullable Object proceed(MethodInvocation invocation, Call call) throws Throwable {
        @Nullable Object[] passed = invocation.getArguments();
        @Nullable Object[] filled = arguments.forAttempt(call, passed);
        return filled == passed
                ? plain.proceed(invocation)
                : with(filled, invocation).proceed();
    }

    private static MethodInvocation with(@Nullable Object[] filled, MethodInvocation invocation) {
        if (invocation instanceof ProxyMethodInvocation proxied) {
            return proxied.invocableClone(filled);
        }
        if (invocation instanceof DirectInvocation direct) {
            return direct.with(filled);
        }
        throw new IllegalStateException("Cannot give other arguments to a " + invocation.getClass());
    }

    @Override
    public @Nullable Object[] arguments(MethodInvocation invocation) {
        return invocation.getArguments();
    }
}
