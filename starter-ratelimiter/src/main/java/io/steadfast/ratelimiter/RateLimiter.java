package io.steadfast.ratelimiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits how often a method, or all methods of a class, may be entered in a period. A call beyond the limit waits as long as
 * the settings allow, or is refused with a {@link io.steadfast.core.RateLimitedException} that says after which time to come
 * back.
 *
 * <p>Methods that name the same instance share one limit; how many permits a call takes, and which key it belongs to, are
 * each method's own. Settings are in {@code resilience.rate-limiter.defaults.*} and
 * {@code resilience.rate-limiter.instances.<name>.*}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface RateLimiter {

    /**
     * The name of the limiter, and of the call.
     *
     * @return the name, placeholders allowed; empty for {@code SimpleClassName.methodName}
     */
    String value() default "";

    /**
     * How many permits one call takes.
     *
     * @return the number of permits, at least 1; {@link Integer#MIN_VALUE} for unset, which means 1
     */
    int permits() default Integer.MIN_VALUE;

    /**
     * An expression in Spring's language that says whose limit a call counts against, such as {@code #customer.id}: each key
     * has the whole limit for itself. Arguments are {@code #name}, {@code #p0} or {@code #a0}.
     *
     * @return the expression, placeholders allowed; empty for unset, which means one limit for all calls
     */
    String key() default "";
}
