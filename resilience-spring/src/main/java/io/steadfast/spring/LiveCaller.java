package io.steadfast.spring;

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
        this.prepared = prepare(pipeline.lineup());
    }

    @Nullable
    Object call(MethodInvocation invocation) throws Throwable {
        Lineup now = pipeline.lineup();
        Prepared known = prepared;
        if (known.lineup != now) {
            known = prepare(now);
            prepared = known;
        }
        return known.caller.call(invocation);
    }

    private Prepared prepare(Lineup now) {
        AttemptArguments arguments = now.arguments();
        Target<MethodInvocation> filled = arguments == null ? entry : new FilledEntry(entry, arguments);
        return new Prepared(now, style.prepare(now.pipeline(), filled));
    }

    private record Prepared(Lineup lineup, CallStyle.Caller caller) {}
}
