package io.steadfast.door;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Lets a fixed number of calls in at once, and guests into half of the places only. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@interface Door {

    /** The name of the door. */
    String value() default "";

    /** How many calls at once; unset, what the settings say. */
    int places() default Integer.MIN_VALUE;

    /** Who comes with the calls of this method, guest or resident; unset, what the settings say. */
    String visitor() default "";
}
