package io.steadfast.retry;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tries a method again when it fails; on a class, each of its methods; on an annotation, wherever that one stands.
 *
 * <p>An attribute that is left out wins over nothing. One that is set wins over {@code resilience.retry.defaults.*} and
 * loses against {@code resilience.retry.instances.<name>.*}, where all other settings are found too.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Retry {

    /**
     * The name of the retry instance. Methods that agree on a name share its settings and its budget.
     *
     * @return the name, placeholders allowed; empty for {@code SimpleClassName.methodName}
     */
    String value() default "";

    /**
     * How often the method may be tried, the first time included.
     *
     * @return the number of attempts, at least 1; {@link Integer#MIN_VALUE} for unset
     */
    int maxAttempts() default Integer.MIN_VALUE;

    /**
     * The wait before the second attempt, from which later waits grow.
     *
     * @return a duration such as {@code 100ms} or {@code 2s}, placeholders allowed, {@code 0} for at once; empty for unset
     */
    String waitDuration() default "";

    /**
     * The only failures that are retried, subclasses included, looked for down the cause chain.
     *
     * @return exception classes; empty for unset
     */
    Class<? extends Throwable>[] retryExceptions() default {};

    /**
     * Failures that are not retried whatever else is said, subclasses included, looked for down the cause chain.
     *
     * @return exception classes; empty for unset
     */
    Class<? extends Throwable>[] ignoreExceptions() default {};
}
