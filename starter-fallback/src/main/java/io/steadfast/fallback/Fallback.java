package io.steadfast.fallback;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Answers with another method when the guarded one has no answer.
 *
 * <p>The other method takes the call's parameters followed by the failure, or the failure alone, or the call's parameters,
 * or nothing. Of several methods with the same name, the one whose failure type is nearest to the actual failure answers;
 * of equally near ones, the one that is told most. If none takes the failure, the failure stands.
 *
 * <p>Bound and checked at start-up: a method that is missing or does not fit keeps the application from starting. On a
 * class it applies to each method by itself, but not to the methods it names.
 *
 * <pre>{@code
 * @Fallback(method = "stockUnknown")
 * Stock stock(String id) { ... }
 *
 * private Stock stockUnknown(String id, Throwable failure) { ... }
 * }</pre>
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Fallback {

    /**
     * The name of the instance, {@code resilience.fallback.instances.<name>.*}.
     *
     * @return the name, placeholders allowed; empty for {@code SimpleClassName.methodName}
     */
    String value() default "";

    /**
     * The method that answers: of the same class, superclasses included, whatever its visibility; or of {@link #bean()}.
     *
     * @return its name, placeholders allowed; empty only if a bean is named, and then the guarded method's own name
     */
    String method() default "";

    /**
     * The bean whose method answers. It is called like anybody calls it, so the method's own policies apply.
     *
     * @return the bean's name, placeholders allowed; empty for the same class
     */
    String bean() default "";

    /**
     * The failures the fallback answers for. Causes are looked at too.
     *
     * @return exception classes; empty for every failure but a {@link VirtualMachineError} and what is known to be the caller's own
     *     doing, such as asking for what does not exist. A method that takes a failure of a type of its own, not just an
     *     {@link Exception} or {@link RuntimeException}, answers for that one in any case
     */
    Class<? extends Throwable>[] exceptions() default {};

    /**
     * The failures the fallback leaves alone, whatever {@link #exceptions()} says. Causes are looked at too.
     *
     * @return exception classes
     */
    Class<? extends Throwable>[] ignoreExceptions() default {};
}
