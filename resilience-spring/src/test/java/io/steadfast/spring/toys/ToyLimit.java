package io.steadfast.spring.toys;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Asks for {@link ToyLimitPolicy}s, one inside and one outside the retry. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface ToyLimit {

    String value() default "";

    String limit() default "";

    String total() default "";

    String unit() default "";

    /** About the method and not about the limit. */
    String owner() default "";
}
