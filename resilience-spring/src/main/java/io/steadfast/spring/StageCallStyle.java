package io.steadfast.spring;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.steadfast.core.Call;
import io.steadfast.core.Pipeline;
import io.steadfast.core.StageTarget;
import io.steadfast.core.Target;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Methods that answer with a {@link CompletionStage} or a {@link CompletableFuture}. */
enum StageCallStyle implements CallStyle {
    INSTANCE;

    @Override
    public boolean supports(Class<?> returnType) {
        return returnType == CompletionStage.class || returnType == CompletableFuture.class;
    }

    @Override
    public Caller prepare(Pipeline pipeline, Target<MethodInvocation> entry) {
        StageTarget<MethodInvocation> target = new StageEntry(entry);
        return invocation -> pipeline.callAsync(invocation, target);
    }

    private record StageEntry(Target<MethodInvocation> entry) implements StageTarget<MethodInvocation> {

        @Override
        public @Nullable Object proceed(MethodInvocation invocation) throws Throwable {
            return entry.proceed(invocation);
        }

        @Override
        public @Nullable Object proceed(MethodInvocation invocation, Call call) throws Throwable {
            return entry.proceed(invocation, call);
        }

        @Override
        public @Nullable Object[] arguments(MethodInvocation invocation) {
            return invocation.getArguments();
        }
    }
}
