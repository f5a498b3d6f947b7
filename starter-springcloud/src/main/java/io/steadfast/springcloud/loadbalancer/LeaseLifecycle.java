package io.steadfast.springcloud.loadbalancer;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

import io.steadfast.core.Call;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.client.loadbalancer.ResponseData;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * Books what becomes of load-balanced requests to their instances. Spring Cloud calls every answer a success; here a 429 and a failure of
 * the server are failures of the instance. Thread-safe.
 */
public final class LeaseLifecycle implements LoadBalancerLifecycle<Object, Object, ServiceInstance> {

    private static final int NOT_IMPLEMENTED = 501;

    private static final int TOO_MANY_REQUESTS = 429;

    private static final int HTTP_VERSION_NOT_SUPPORTED = 505;

    private static final int FIRST_SERVER_ERROR = 500;

    /** For how long an instance that is going away is left alone: by then the registry knows, or it has come back. */
    private static final Duration LEAVING = Duration.ofSeconds(30);

    private final ServicePools pools;

    private final OpenLeases open;

    private final Function<Object, @Nullable HttpStatusCode> otherAnswers;

    /**
     * A listener.
     *
     * @param pools the pools
     * @param open the requests under way
     * @param otherAnswers knows the status of answers that are no {@link ResponseData}; {@code null} from it for those it does not know
     */
    public LeaseLifecycle(
            ServicePools pools, OpenLeases open, Function<Object, @Nullable HttpStatusCode> otherAnswers) {
        this.pools = pools;
        this.open = open;
        this.otherAnswers = otherAnswers;
    }

    @Override
    public void onStart(Request<Object> request) {
        // the instance is not known yet
    }

    @Override
    public void onStartRequest(Request<Object> request, Response<ServiceInstance> picked) {
        ServiceInstance server = picked.hasServer() ? picked.getServer() : null;
        if (server == null || isHeld(server)) {
            return;
        }
        pools.known(server.getServiceId()).ifPresent(pool -> open.begin(request, pool, server.getUri()));
    }

    /** A gateway may have wrapped what we picked. */
    private static boolean isHeld(ServiceInstance server) {
        return server instanceof PooledInstance pooled
                ? pooled.held()
                : HeldLease.find(Call.current(), server.getServiceId()) != null;
    }

    @Override
    public void onComplete(CompletionContext<Object, ServiceInstance, Object> completion) {
        open.end(completion.getLoadBalancerRequest(), ended -> settle(ended, completion));
    }

    private void settle(OpenLeases.Ended ended, CompletionContext<Object, ServiceInstance, Object> completion) {
        Throwable failure = completion.getThrowable();
        Object answer = completion.getClientResponse();
        if (answer instanceof ResponseData data && saysLeaving(data.getHeaders())) {
            ended.leaving(LEAVING);
        }
        switch (completion.status()) {
            case DISCARD -> ended.abandoned();
            case FAILED -> {
                if (failure instanceof CancellationException) {
                    ended.abandoned();
                } else {
                    ended.failed(Objects.requireNonNullElseGet(failure, () -> new FailedAnswer("no answer")));
                }
            }
            case SUCCESS -> {
                int status = statusOf(answer);
                if (isFailure(status)) {
                    ended.failed(new FailedAnswer("status " + status));
                } else {
                    ended.succeeded();
                }
            }
        }
    }

    private int statusOf(@Nullable Object answer) {
        HttpStatusCode status = answer instanceof ResponseData data
                ? data.getHttpStatus()
                : answer == null ? null : otherAnswers.apply(answer);
        return status == null ? 0 : status.value();
    }

    private static boolean isFailure(int status) {
        return status == TOO_MANY_REQUESTS
                || (status >= FIRST_SERVER_ERROR && status != NOT_IMPLEMENTED && status != HTTP_VERSION_NOT_SUPPORTED);
    }

    private static boolean saysLeaving(HttpHeaders headers) {
        String said = headers.getFirst("Resilience-Instance");
        String envoy = headers.getFirst("x-envoy-immediate-health-check-fail");
        return (said != null && said.trim().toLowerCase(Locale.ROOT).equals("draining"))
                || (envoy != null && !envoy.trim().equalsIgnoreCase("false"));
    }

    /** Stands for an answer that is a failure of the instance. Never thrown, so without a stack trace. */
    private static final class FailedAnswer extends RuntimeException {

        private static final long serialVersionUID = 1L;

        FailedAnswer(String message) {
            super(message, null, false, false);
        }
    }
}
