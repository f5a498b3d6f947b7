package io.steadfast.fallback.autoconfigure;

import java.util.Set;

import io.steadfast.core.Call;
import io.steadfast.spring.MethodGuards;
import org.jspecify.annotations.Nullable;

/**
 * A method that answers, ready to be called.
 *
 * @param failureType the failures it takes, {@code null} if it is told of none and so takes all
 * @param form what it is told
 * @param receiver whose method it is
 * @param invoker runs it, with its own policies around it
 * @param use what to do with what it returns
 * @param text the method, for messages
 */
record BoundFallback(
        @Nullable Class<?> failureType,
        FallbackForm form,
        Receiver receiver,
        MethodGuards.Invoker invoker,
        AnswerUse use,
        String text) {

    /** Types that take nearly everything, so that nobody who names them means one failure in particular. */
    private static final Set<Class<?>> BROAD = Set.of(Throwable.class, Exception.class, RuntimeException.class);

    boolean takes(Throwable failure) {
        return failureType == null || failureType.isInstance(failure);
    }

    /** Whether its parameter lists failures as knowingly as {@code exceptions} does. */
    boolean isForCertainFailures() {
        return failureType != null && !BROAD.contains(failureType);
    }

    @Nullable
    Object answer(Call call, Throwable failure) throws Exception {
        try {
            return use.of(invoker.invoke(receiver.of(call), form.arguments(call, failure)), text);
        } catch (Exception | Error thrown) {
            throw thrown;
        } catch (Throwable exotic) {
            throw BoundFallback.<RuntimeException>asIs(exotic);
        }
    }

    /** A method may throw what is neither exception nor error; its caller gets even that as it is. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E asIs(Throwable exotic) throws E {
        throw (E) exotic;
    }
}
