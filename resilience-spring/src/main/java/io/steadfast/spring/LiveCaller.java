package io.steadfast.spring;

import io.steadfast.core.Pipeline;
import io.steadfast.core.Target;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * Calls a method through the pipeline that is in force. Prepared once for each pipeline, by the first call that sees it, so that
 * nobody has to know who all calls through it: beans come and go.
 */
final class LiveCaller {

    private final LivePipeline pipeline;

    private final CallStyle style;

    private final Target<MethodInvocation> entry;

    private Prepared prepared; // plain: what it holds is final, and to prepare it twice does no harm

    LiveCaller(LivePipeline pipeline, CallStyle style, Target<MethodInvocation> entry) {
        this.pipeline = pipeline;
        this.style = style;
        this.entry = entry;
        this.prepared = prepare(pipeline.current());
    }

    @Nullable
    Object call(MethodInvocation invocation) throws Throwable {
        Pipeline now = pipeline.current();
        Prepared known = prepared;
        if (known.pipeline != now) {
            known = prepare(now);
            prepared = known;
        }
        return known.caller.call(invocation);
    }

    private Prepared prepare(Pipeline now) {
        return new Prepared(now, style.prepare(now, entry));
    }

    private record Prepared(Pipeline pipeline, CallStyle.Caller caller) {}
}
