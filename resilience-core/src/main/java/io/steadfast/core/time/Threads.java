package io.steadfast.core.time;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

import org.jspecify.annotations.Nullable;

/** What is to be known about a thread on every JVM from 17 on. */
public final class Threads {

    private static final @Nullable MethodHandle IS_VIRTUAL = isVirtual();

    private Threads() {}

    /**
     * Whether a thread is virtual.
     *
     * @param thread the thread
     * @return {@code false} on a JVM that has no virtual threads
     */
    public static boolean isVirtual(Thread thread) {
        if (IS_VIRTUAL == null) {
            return false;
        }
        try {
            return (boolean) IS_VIRTUAL.invokeExact(thread);
        } catch (Throwable unexpected) {
            return false;
        }
    }

    private static @Nullable MethodHandle isVirtual() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (ReflectiveOperationException beforeJava21) {
            return null;
        }
    }
}
