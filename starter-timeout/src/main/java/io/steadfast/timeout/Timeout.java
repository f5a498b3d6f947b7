package io.steadfast.timeout;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits how long a method may take; on a class, each of its methods; on an annotation, wherever that one stands. A plain
 * method is interrupted on its caller's thread, a stage or a publisher cancelled, and the caller gets a
 * {@link io.steadfast.core.CallTimeoutException}.
 *
 * <p>One of the two limits, at least, has to be set, here or in a property. An attribute that is left out wins over nothing. One
 * that is set wins over {@code resilience.timeout.defaults.*} and loses against {@code resilience.timeout.instances.<name>.*}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Timeout {

    /**
     * The name of the timeout instance. Methods that agree on a name share its settings.
     *
     * @return the name, placeholders allowed; empty for {@code SimpleClassName.methodName}
     */
    String value() default "";

    /**
     * How long one attempt may take.
     *
     * @return a duration such as {@code 800ms} or {@code 2s}, placeholders allowed; empty for unset
     */
    String limit() default "";

    /**
     * How long the whole call may take: all attempts, and the waits before and between them.
     *
     * @return a duration such as {@code 800ms} or {@code 2s}, placeholders allowed; empty for unset
     */
    String total() default "";
}
