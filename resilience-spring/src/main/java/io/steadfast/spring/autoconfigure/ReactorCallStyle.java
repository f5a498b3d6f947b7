package io.steadfast.spring.autoconfigure;

import io.steadfast.core.Pipeline;
import io.steadfast.core.Target;
import io.steadfast.reactor.ReactorPipelines;
import io.steadfast.spring.CallStyle;
import org.aopalliance.intercept.MethodInvocation;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Methods that answer with a publisher: called anew for each attempt, and not before somebody subscribes. */
enum ReactorCallStyle implements CallStyle {
    MONO(Mono.class) {
        @Override
        public Caller prepare(Pipeline pipeline, Target<MethodInvocation> entry) {
            return invocation -> ReactorPipelines.mono(pipeline, invocation, entry);
        }
    },
    FLUX(Flux.class) {
        @Override
        public Caller prepare(Pipeline pipeline, Target<MethodInvocation> entry) {
            return invocation -> ReactorPipelines.flux(pipeline, invocation, entry);
        }
    };

    private final Class<?> returnType;

    ReactorCallStyle(Class<?> returnType) {
        this.returnType = returnType;
    }

    @Override
    public boolean supports(Class<?> type) {
        return type == returnType;
    }
}
