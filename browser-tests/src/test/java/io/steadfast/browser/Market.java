package io.steadfast.browser;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.stream.IntStream;

import io.steadfast.circuitbreaker.CircuitBreaker;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.FixedValue;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application with three hundred calls. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Market {

    static final int CALLS = 300;

    @Bean
    Stands stands() {
        return stands(CircuitBreaker.class);
    }

    /** Each method has a name of its own, so it takes as many methods; nobody wants to read them. */
    private static Stands stands(Class<? extends Annotation> guard) {
        DynamicType.Builder<Stands> type =
                new ByteBuddy().subclass(Stands.class).name(Market.class.getName() + "Stands");
        for (int i = 0; i < CALLS; i++) {
            type = type.defineMethod("sell" + i, int.class, Modifier.PUBLIC)
                    .intercept(FixedValue.value(i))
                    .annotateMethod(AnnotationDescription.Builder.ofType(guard)
                            .define("value", "market.stand" + i)
                            .build());
        }
        try {
            return type.make()
                    .load(Market.class.getClassLoader(), ClassLoadingStrategy.UsingLookup.of(MethodHandles.lookup()))
                    .getLoaded()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** One call at each stand. */
    static void sell(Stands stands) {
        IntStream.range(0, CALLS).forEach(i -> {
            try {
                stands.getClass().getMethod("sell" + i).invoke(stands);
            } catch (InvocationTargetException | IllegalAccessException | NoSuchMethodException failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    /** Made public for the class made from it. */
    public static class Stands {}
}
