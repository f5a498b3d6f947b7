package io.steadfast.spring.toys;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Asks for a {@link ToyRetryPolicy}. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface ToyRetry {

    String value() default "";

    int maxAttempts() default Integer.MIN_VALUE;
}
