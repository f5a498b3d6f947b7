package io.steadfast.circuitbreaker;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Guards a method, or all methods of a class, with a circuit breaker: after too many failures calls are refused at once
 * with a {@link io.steadfast.core.CircuitOpenException}, until trial calls show that the target is back.
 *
 * <p>Methods that name the same instance share one breaker. Settings are in {@code resilience.circuit-breaker.defaults.*}
 * and {@code resilience.circuit-breaker.instances.<name>.*}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface CircuitBreaker {

    /**
     * The name of the breaker, and of the call.
     *
     * @return the name, placeholders allowed; empty for {@code SimpleClassName.methodName}
     */
    String value() default "";
}
