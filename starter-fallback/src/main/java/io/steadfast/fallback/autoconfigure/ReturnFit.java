package io.steadfast.fallback.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * Whether what a fallback returns can be given to the caller. Reactor's types are known by name, so that it may be absent.
 */
final class ReturnFit {

    private static final String MONO = "reactor.core.publisher.Mono";

    private static final String FLUX = "reactor.core.publisher.Flux";

    private static final String PUBLISHER = "org.reactivestreams.Publisher";

    private ReturnFit() {}

    static boolean fits(ResolvableType guarded, ResolvableType fallback) {
        Class<?> returned = guarded.toClass();
        if (returned == void.class) {
            return true;
        }
        Class<?> family = family(returned);
        if (family == null) {
            return fitsPlain(guarded, fallback);
        }
        ResolvableType content = guarded.getGeneric(0);
        if (family.isAssignableFrom(fallback.toClass())) {
            return fitsPlain(content, fallback.as(family).getGeneric(0));
        }
        boolean otherKind = isAsynchronous(fallback.toClass()) && !isAsynchronous(content.toClass());
        return !otherKind && fitsPlain(content, fallback);
    }

    private static boolean fitsPlain(ResolvableType expected, ResolvableType found) {
        return found.toClass() == void.class ? expected.toClass() == Void.class : TypeFit.accepts(expected, found);
    }

    /** The type that a fallback of the same kind has at least: publishers of any kind can stand for a {@code Flux}. */
    private static @Nullable Class<?> family(Class<?> returned) {
        if (returned == CompletionStage.class || returned == CompletableFuture.class) {
            return CompletionStage.class;
        }
        if (returned.getName().equals(MONO)) {
            return returned;
        }
        return returned.getName().equals(FLUX) ? publisher(returned) : null;
    }

    private static boolean isAsynchronous(Class<?> type) {
        return CompletionStage.class.isAssignableFrom(type)
                || Future.class.isAssignableFrom(type)
                || publisher(type) != null;
    }

    private static @Nullable Class<?> publisher(@Nullable Class<?> type) {
        if (type == null || type.getName().equals(PUBLISHER)) {
            return type;
        }
        for (Class<?> parent : type.getInterfaces()) {
            Class<?> found = publisher(parent);
            if (found != null) {
                return found;
            }
        }
        return publisher(type.getSuperclass());
    }
}
