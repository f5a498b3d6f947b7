package io.steadfast.core;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The two drivers of the core, so that one scenario runs through both. */
enum Way {
    PLAIN {
        @Override
        Object run(Pipeline pipeline, HandTimer timer, Callable<Object> body) throws Exception {
            return pipeline.call(body);
        }
    },
    STAGE {
        @Override
        Object run(Pipeline pipeline, HandTimer timer, Callable<Object> body) throws Exception {
            CompletableFuture<Object> future = pipeline.callAsync(() -> stage(body));
            while (!future.isDone() && timer.pending() > 0) {
                timer.runNext();
            }
            try {
                return future.getNow("the call did not end");
            } catch (CompletionException wrapped) {
                if (wrapped.getCause() instanceof Error error) {
                    throw error;
                }
                throw (Exception) wrapped.getCause();
            }
        }
    };

    /** Runs a call to its end; throws what its caller gets. */
    abstract Object run(Pipeline pipeline, HandTimer timer, Callable<Object> body) throws Exception;

    private static CompletableFuture<Object> stage(Callable<Object> body) {
        try {
            return CompletableFuture.completedFuture(body.call());
        } catch (Throwable failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }
}
