package io.steadfast.spring;

import io.steadfast.core.Pipeline;
import io.steadfast.core.Target;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * How methods of one kind of return type are called: on the caller's thread, as a stage, as a publisher. Support for another
 * asynchronous library is one more bean of this type.
 */
public interface CallStyle {

    /**
     * Whether this style is the one for a return type.
     *
     * @param returnType the declared return type
     * @return whether it is
     */
    boolean supports(Class<?> returnType);

    /**
     * Prepares calls of one method, at start-up.
     *
     * @param pipeline the policies around the method
     * @param entry enters the method, once per attempt
     * @return runs calls
     */
    Caller prepare(Pipeline pipeline, Target<MethodInvocation> entry);

    /** Runs calls of one method. */
    @FunctionalInterface
    interface Caller {

        /**
         * Runs one call.
         *
         * @param invocation the invocation
         * @return what the caller gets
         * @throws Throwable what the caller gets thrown
         */
        @Nullable
        Object call(MethodInvocation invocation) throws Throwable;
    }
}
