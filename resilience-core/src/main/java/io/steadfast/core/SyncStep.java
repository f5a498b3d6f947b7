package io.steadfast.core;

import org.jspecify.annotations.Nullable;

/** A step of a pipeline that runs on its caller's thread: results are returned, failures thrown. */
interface SyncStep {

    @Nullable
    Object run(Call call) throws Throwable;
}
