package io.steadfast.core.time;

import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Virtual threads, from Java 21 on, found by reflection because this code is compiled for Java 17. */
final class VirtualThreads {

    private VirtualThreads() {}

    /** One new thread per task, which inherits no thread locals from whoever schedules the task. */
    static Executor perTask() throws ReflectiveOperationException {
        Class<?> builderType = Class.forName("java.lang.Thread$Builder");
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        builder =
                call(builderType, builder, "name", new Class<?>[] {String.class, long.class}, "steadfast-worker-", 1L);
        builder = call(builderType, builder, "inheritInheritableThreadLocals", new Class<?>[] {boolean.class}, false);
        ThreadFactory virtual = (ThreadFactory) call(builderType, builder, "factory", new Class<?>[0]);
        ThreadFactory ownLoader = task -> {
            Thread thread = virtual.newThread(task);
            thread.setContextClassLoader(VirtualThreads.class.getClassLoader());
            return thread;
        };
        return (Executor) Executors.class
                .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                .invoke(null, ownLoader);
    }

    private static Object call(Class<?> type, Object target, String name, Class<?>[] parameters, Object... arguments)
            throws ReflectiveOperationException {
        Method method = type.getMethod(name, parameters);
        return method.invoke(target, arguments);
    }
}
