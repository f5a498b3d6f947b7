package io.steadfast.spring;

import io.steadfast.core.Pipeline;

/** A call that goes by a name and belongs to no method: its policies as they are now. Thread-safe. */
public final class NamedCall {

    private final CallRequest request;

    private final LivePipeline pipeline;

    NamedCall(CallRequest request, LivePipeline pipeline) {
        this.request = request;
        this.pipeline = pipeline;
    }

    /**
     * What was asked for.
     *
     * @return the request
     */
    public CallRequest request() {
        return request;
    }

    /**
     * The policies in force. Ask anew for each call: settings may change while the application runs.
     *
     * @return the pipeline, without policies if all are switched off
     */
    public Pipeline pipeline() {
        return pipeline.current();
    }
}
