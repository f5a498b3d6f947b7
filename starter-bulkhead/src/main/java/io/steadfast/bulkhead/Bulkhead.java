package io.steadfast.bulkhead;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets no more than so many calls of a method run at a time; on a class, of each of its methods; on an annotation, wherever
 * that one stands. Calls beyond the limit are refused with a {@link io.steadfast.core.BulkheadFullException}, or wait where
 * there is a queue.
 *
 * <p>Methods that name the same instance share one limit and one queue, whatever their priorities. An attribute that is left
 * out wins over nothing. One that is set wins over {@code resilience.bulkhead.defaults.*} and loses against
 * {@code resilience.bulkhead.instances.<name>.*}, where all other settings are found too.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Bulkhead {

    /**
     * The name of the bulkhead, and of the call.
     *
     * @return the name, placeholders allowed; empty for {@code SimpleClassName.methodName}
     */
    String value() default "";

    /**
     * How many calls may run at a time; where the limit is adaptive, how many at first.
     *
     * @return the number of calls, at least 1; {@link Integer#MIN_VALUE} for unset
     */
    int maxConcurrentCalls() default Integer.MIN_VALUE;

    /**
     * How much the method's calls matter when there is not room for all. The methods of one bulkhead may differ in it.
     *
     * @return {@code critical}, {@code normal} or {@code sheddable}, placeholders allowed; empty for unset
     */
    String priority() default "";
}
