package io.steadfast.hedge;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a method be called a second time while the first call is still under way, if that takes longer than most do; on a class, each of
 * its methods; on an annotation, wherever that one stands. The first good answer wins, and the other call is cancelled.
 *
 * <p>Only for methods that may be carried out twice, such as those that read. A plain method runs on a thread of its own while it may be
 * hedged: no transaction of its caller's holds there.
 *
 * <p>An attribute that is left out wins over nothing. One that is set wins over {@code resilience.hedge.defaults.*} and loses against
 * {@code resilience.hedge.instances.<name>.*}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Hedge {

    /**
     * The name of the hedge instance. Methods that agree on a name share its settings, its latencies and its budget.
     *
     * @return the name, placeholders allowed; empty for {@code SimpleClassName.methodName}
     */
    String value() default "";

    /**
     * How long the first call runs alone.
     *
     * @return a duration such as {@code 50ms}, placeholders allowed; empty for unset: as long as all but the share {@code extra-load} of
     *     calls take
     */
    String delay() default "";
}
