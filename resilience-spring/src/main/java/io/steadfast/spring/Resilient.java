package io.steadfast.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Guards a method, or all methods of a class, with every policy that is configured under a name
 * ({@code resilience.<policy>.instances.<name>.*}); with the standard set (timeout of 2 s for each attempt and 10 s in all, retry
 * and circuit breaker, each with its defaults and as far as its starter is present) if none is.
 *
 * <p>A policy's own annotation beside it adds that policy, or sets attributes of one in the set; without a name of its own
 * it takes this one's.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Resilient {

    /**
     * The name of the instances, and of the call.
     *
     * @return the name, placeholders allowed; empty for {@code SimpleClassName.methodName}
     */
    String value() default "";
}
