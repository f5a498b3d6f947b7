package io.steadfast.fallback.autoconfigure;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import io.steadfast.spring.InvalidGuardException;
import io.steadfast.spring.MethodGuards;
import org.jspecify.annotations.Nullable;

/**
 * Runs a method of any visibility. Access is settled once, at start-up: to make a method accessible for each call, and
 * inaccessible after it, is a race between calls.
 */
final class FallbackHandle implements MethodGuards.Invoker {

    private static final MethodType SHAPE = MethodType.methodType(Object.class, Object.class, Object[].class);

    private final MethodHandle handle;

    private FallbackHandle(MethodHandle handle) {
        this.handle = handle;
    }

    static FallbackHandle of(Method method, FallbackPlace place) {
        Class<?> owner = method.getDeclaringClass();
        try {
            Lookup lookup = MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
            MethodHandle found = isBodyOfInterface(method, place)
                    ? lookup.unreflectSpecial(method, owner)
                    : lookup.unreflect(method);
            MethodHandle fixed = found.asFixedArity();
            MethodHandle bound = Modifier.isStatic(method.getModifiers())
                    ? MethodHandles.dropArguments(fixed, 0, Object.class)
                    : fixed;
            return new FallbackHandle(
                    bound.asSpreader(Object[].class, method.getParameterCount()).asType(SHAPE));
        } catch (IllegalAccessException closed) {
            throw new InvalidGuardException(
                    "The fallback " + owner.getSimpleName() + "." + method.getName() + " cannot be reached: "
                            + closed.getMessage(),
                    place.where(),
                    "Open package " + owner.getPackageName() + " in module-info.java.");
        }
    }

    @Override
    public @Nullable Object invoke(Object target, @Nullable Object[] arguments) throws Throwable {
        return (Object) handle.invokeExact(target, arguments);
    }

    /** A bean that is only an interface: its default methods run as written, and not through whatever stands behind it. */
    private static boolean isBodyOfInterface(Method method, FallbackPlace place) {
        return !place.elsewhere() && place.type().isInterface() && method.isDefault();
    }
}
