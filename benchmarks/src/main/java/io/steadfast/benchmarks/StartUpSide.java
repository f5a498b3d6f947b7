package io.steadfast.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;
import org.springframework.context.ConfigurableApplicationContext;

/** One JVM of {@link StartUp}: starts the application, calls each method once, and says what that cost. */
final class StartUpSide {

    private static final double NANOS_A_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private static final double NANOS_A_MICRO = TimeUnit.MICROSECONDS.toNanos(1);

    private static final double BYTES_A_KIB = 1024;

    private StartUpSide() {}

    /**
     * Starts.
     *
     * @param arguments the side, and how many methods it guards
     * @throws ReflectiveOperationException if the beans are not those that were compiled
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        GuardedBeans.Side side = GuardedBeans.Side.valueOf(arguments[0]);
        int methods = Integer.parseInt(arguments[1]);
        ConfigurableApplicationContext context =
                Contexts.start(Class.forName(GuardedBeans.APPLICATION), Map.of(), side.unwanted());
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        double cpu = system.getProcessCpuTime() / NANOS_A_MILLI;
        List<Object> beans = GuardedBeans.of(context);
        double firstCall = 0;
        for (Object bean : beans) {
            firstCall += callEach(bean);
        }
        System.out.println(new StartUp.Run(cpu, heap() / BYTES_A_KIB, methods == 0 ? 0 : firstCall / methods).line());
        context.close();
        System.exit(0); // whoever left a thread behind
    }

    private static double callEach(Object bean) throws ReflectiveOperationException {
        List<Method> methods = new ArrayList<>(Arrays.asList(bean.getClass().getMethods()));
        methods.removeIf(method -> !method.getName().startsWith(GuardedBeans.METHOD));
        double nanos = 0;
        for (Method method : methods) {
            long before = System.nanoTime();
            method.invoke(bean, "4711");
            nanos += System.nanoTime() - before;
        }
        return nanos / NANOS_A_MICRO;
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
