package io.steadfast.springcloud;

import java.util.function.Function;
import java.util.function.Supplier;

import io.steadfast.core.Target;
import io.steadfast.spring.NamedCall;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.circuitbreaker.CircuitBreaker;

/** Runs suppliers through a guard, on the caller's thread. */
record PipelineCircuitBreaker(NamedCall call) implements CircuitBreaker {

    @SuppressWarnings({"unchecked", "NullAway"}) // the guard answers with what the supplier did, null included
    @Override
    public <T> T run(Supplier<T> toRun, Function<Throwable, T> fallback) {
        try {
            return (T) call.pipeline().call(toRun, SupplierTarget.INSTANCE);
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (Throwable failure) {
            return fallback.apply(failure);
        }
    }

    /** Asks a supplier. */
    private enum SupplierTarget implements Target<Supplier<?>> {
        INSTANCE;

        @Override
        public @Nullable Object proceed(Supplier<?> invocation) {
            return invocation.get();
        }
    }
}
