package io.steadfast.http.servlet;

import java.util.concurrent.Callable;

import io.steadfast.http.inbound.Arrival;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;

/** Lets a request's deadline hold on the thread that runs the {@code Callable} its controller returned. One for each request. */
final class ArrivalOnOtherThread implements CallableProcessingInterceptor {

    private final Arrival arrival;

    /** Written and read by the one thread that runs the callable. */
    private @Nullable ThreadState before;

    ArrivalOnOtherThread(Arrival arrival) {
        this.arrival = arrival;
    }

    @Override
    public <T> void preProcess(NativeWebRequest request, Callable<T> task) {
        before = ThreadState.enter(arrival);
    }

    @Override
    public <T> void postProcess(NativeWebRequest request, Callable<T> task, @Nullable Object concurrentResult) {
        if (before != null) {
            before.restore();
        }
    }
}
