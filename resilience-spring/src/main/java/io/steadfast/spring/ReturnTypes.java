package io.steadfast.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;

/** Picks the way a method is called by what it returns, and says so where that falls short of what one might expect. */
final class ReturnTypes {

    private final List<CallStyle> styles;

    ReturnTypes(List<? extends CallStyle> extensions) {
        this.styles = new ArrayList<>(extensions);
        this.styles.add(StageCallStyle.INSTANCE);
        this.styles.add(PlainCallStyle.INSTANCE);
    }

    CallStyle styleOf(GuardedMethod method, StartupReport report) {
        Class<?> type = method.method().getReturnType();
        refuseSuspend(method);
        CallStyle style = styles.stream()
                .filter(candidate -> candidate.supports(type))
                .findFirst()
                .orElseThrow();
        if (style == PlainCallStyle.INSTANCE) {
            noticeUnfollowed(method, type, report);
        }
        return style;
    }

    private static void noticeUnfollowed(GuardedMethod method, Class<?> type, StartupReport report) {
        if (CompletionStage.class.isAssignableFrom(type) || isForeignPublisher(type)) {
            throw new InvalidGuardException(
                    "A " + type.getSimpleName() + " cannot be followed, so its failures would go unseen",
                    method.describe(),
                    "Return a CompletionStage, a CompletableFuture, a Mono or a Flux.");
        }
        if (Future.class.isAssignableFrom(type)) {
            report.notice("The Future that " + method.describe() + " returns is guarded only until the method returns: "
                    + "nobody is told when it completes. Return a CompletableFuture to have all of it guarded.");
        }
    }

    /** RxJava, Mutiny and other publishers, known by the adapters that Spring has for them. */
    private static boolean isForeignPublisher(Class<?> type) {
        return type != Void.class
                && type != void.class
                && ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
    }

    private static void refuseSuspend(GuardedMethod method) {
        Class<?>[] parameters = method.method().getParameterTypes();
        if (parameters.length > 0
                && parameters[parameters.length - 1].getName().equals("kotlin.coroutines.Continuation")) {
            throw new InvalidGuardException(
                    "Suspending functions cannot be guarded yet",
                    ClassUtils.getQualifiedMethodName(method.method()),
                    "Return a Mono or a CompletionStage, or guard a plain function that the suspending one calls.");
        }
    }
}
