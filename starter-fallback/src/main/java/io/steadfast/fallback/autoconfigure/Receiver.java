package io.steadfast.fallback.autoconfigure;

import io.steadfast.core.Call;

/** Finds the object whose method answers. */
@FunctionalInterface
interface Receiver {

    Object of(Call call);
}
