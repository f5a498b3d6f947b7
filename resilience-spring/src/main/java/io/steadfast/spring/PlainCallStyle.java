package io.steadfast.spring;

import io.steadfast.core.Pipeline;
import io.steadfast.core.Target;
import org.aopalliance.intercept.MethodInvocation;

/** Methods that answer when they return. */
enum PlainCallStyle implements CallStyle {
    INSTANCE;

    @Override
    public boolean supports(Class<?> returnType) {
        return true;
    }

    @Override
    public Caller prepare(Pipeline pipeline, Target<MethodInvocation> entry) {
        return invocation -> pipeline.call(invocation, entry);
    }
}
