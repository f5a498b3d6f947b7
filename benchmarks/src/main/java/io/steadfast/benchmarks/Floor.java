package io.steadfast.benchmarks;

import java.util.List;
import java.util.Map;

import org.aopalliance.intercept.MethodInterceptor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The floor: the same bean behind Spring's proxy, with one interceptor that does nothing. */
@State(Scope.Benchmark)
public class Floor {

    String id = "4711";

    Stock stock;

    GuardedMethod call;

    private ConfigurableApplicationContext context;

    /** Starts the application. */
    @Setup
    public void start() {
        context = Contexts.start(Application.class, Map.of(), List.of(Contexts.STEADFAST, Contexts.RESILIENCE4J));
        stock = context.getBean(Stock.class);
        call = stock::left;
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        context.close();
    }

    /** One call. */
    @Benchmark
    public String call() {
        return stock.left(id);
    }

    /** The same deep in a stack. */
    @Benchmark
    public String callUnderFrames() {
        return call.callUnder(GuardedMethod.FRAMES_OF_A_REQUEST, id);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Stock stock() {
            ProxyFactory factory = new ProxyFactory(new Stock());
            factory.setProxyTargetClass(true);
            MethodInterceptor nothing = invocation -> invocation.proceed();
            factory.addAdvice(nothing);
            return (Stock) factory.getProxy();
        }
    }

    /** The bean without annotations. */
    public static class Stock {

        private final Remote remote = new Remote();

        /** Asks the remote service. */
        public String left(String id) {
            return remote.ask(id);
        }
    }
}
