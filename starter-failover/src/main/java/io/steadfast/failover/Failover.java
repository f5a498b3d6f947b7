package io.steadfast.failover;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sends each attempt of a method, or of all methods of a class, to one of many instances. An instance that fails is set aside for a
 * while and comes back gently. A retry lands on another instance; if the pool has none at all, the call is refused with a
 * {@link io.steadfast.core.NoInstanceException}.
 *
 * <p>HTTP clients used inside the method send their requests to the instance if these name the pool as host. Any other client is told
 * by a parameter of the method: where the caller passes {@code null} for a {@code URI} or a {@code ServiceInstance}, the method gets
 * the instance of the attempt.
 *
 * <p>Settings are in {@code resilience.failover.defaults.*} and {@code resilience.failover.instances.<name>.*}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Failover {

    /**
     * The name of the pool, and of the call.
     *
     * @return the name, placeholders allowed; empty for {@code SimpleClassName.methodName}
     */
    String value() default "";

    /**
     * An expression in Spring's language that says what the call is about, such as {@code #customer.id}: pickers that keep to a key
     * send the same key to the same instance. Arguments are {@code #name}, {@code #p0} or {@code #a0}.
     *
     * @return the expression, placeholders allowed; empty for unset, which means no key
     */
    String key() default "";
}
