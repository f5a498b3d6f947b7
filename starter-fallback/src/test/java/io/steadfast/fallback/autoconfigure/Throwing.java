package io.steadfast.fallback.autoconfigure;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicReference;

import io.steadfast.core.Call;
import io.steadfast.core.Pipeline;
import io.steadfast.core.Target;
import io.steadfast.fallback.FallbackPolicy;
import org.aopalliance.intercept.MethodInvocation;

/** Failures and calls that ordinary code cannot make. */
final class Throwing {

    private Throwing() {}

    static RuntimeException asIs(Throwable failure) {
        return Throwing.<RuntimeException>sneaky(failure);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E sneaky(Throwable failure) throws E {
        throw (E) failure;
    }

    /** The call as a policy sees it when a method of an object has been invoked through a proxy. */
    static Call callOn(Object target) {
        AtomicReference<Call> seen = new AtomicReference<>();
        Pipeline pipeline = Pipeline.of("call", FallbackPolicy.of("call", (call, failure) -> {
            seen.set(call);
            return null;
        }));
        Target<MethodInvocation> failing = invocation -> {
            throw new IllegalStateException("down");
        };
        try {
            pipeline.call(new On(target), failing);
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
        return seen.get();
    }

    private record On(Object target) implements MethodInvocation {

        @Override
        public Method getMethod() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object[] getArguments() {
            return new Object[0];
        }

        @Override
        public Object proceed() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object getThis() {
            return target;
        }

        @Override
        public AccessibleObject getStaticPart() {
            throw new UnsupportedOperationException();
        }
    }
}
