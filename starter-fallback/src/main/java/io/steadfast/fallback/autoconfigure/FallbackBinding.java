package io.steadfast.fallback.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.InvalidGuardException;
import io.steadfast.spring.MethodGuards;
import io.steadfast.spring.Spelling;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Finds the methods that answer for one guarded method and makes them ready to be called. */
final class FallbackBinding {

    private final FallbackPlace place;

    private final Signature call;

    private final BeanFactory beans;

    private final MethodGuards guards;

    private final FallbackChains chains;

    FallbackBinding(FallbackPlace place, BeanFactory beans, MethodGuards guards, FallbackChains chains) {
        this.place = place;
        this.call = Signature.of(place.guarded().method(), place.guarded().beanClass());
        this.beans = beans;
        this.guards = guards;
        this.chains = chains;
    }

    BoundFallbacks bind() {
        List<FallbackCandidate> candidates = place.methods().stream()
                .map(method -> FallbackCandidate.examine(method, place))
                .sorted(FallbackCandidate.NEAREST_FIRST)
                .toList();
        List<BoundFallback> bound = new ArrayList<>();
        for (FallbackCandidate candidate : fitting(candidates)) {
            chains.add(place.guarded(), new GuardedMethod(place.beanName(), place.type(), candidate.method()));
            bound.add(bind(candidate));
        }
        return new BoundFallbacks(bound);
    }

    private List<FallbackCandidate> fitting(List<FallbackCandidate> candidates) {
        List<FallbackCandidate> fitting =
                candidates.stream().filter(FallbackCandidate::fits).toList();
        List<FallbackCandidate> mistakes =
                candidates.stream().filter(FallbackCandidate::isMistake).toList();
        if (!mistakes.isEmpty()) {
            throw refusal(faults(mistakes), "Change it, or rename it if it is not meant");
        }
        if (fitting.isEmpty()) {
            String found = candidates.isEmpty()
                    ? (place.containsGuarded()
                            ? "only the guarded method itself has that name"
                            : "no method has that name")
                    : faults(candidates);
            throw refusal(found, candidates.isEmpty() ? mendOfNone() : "Change it, or rename it if it is not meant");
        }
        return fitting;
    }

    private String mendOfNone() {
        if (place.containsGuarded()) {
            return "Name another method";
        }
        List<String> names = Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(place.type()))
                .map(Method::getName)
                .filter(name -> !name.equals(place.guarded().method().getName()))
                .distinct()
                .toList();
        return Spelling.nearest(place.name(), names)
                .map(near -> "Did you mean '" + near + "'? If not, write it")
                .orElse("Write it");
    }

    private static String faults(List<FallbackCandidate> candidates) {
        return candidates.stream().map(FallbackCandidate::fault).collect(Collectors.joining("; "));
    }

    private InvalidGuardException refusal(String found, String mend) {
        String owner = place.type().getSimpleName();
        return new InvalidGuardException(
                "No method '" + place.name() + "' of " + owner + " can answer for "
                        + place.guarded().describe() + ": " + found,
                place.where(),
                mend + "; the signature it should have in " + owner + " is: " + call.expectedFallback(place.name())
                        + " (the failure, the parameters or both may be left out).");
    }

    private BoundFallback bind(FallbackCandidate candidate) {
        Method method = candidate.method();
        String text = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        boolean elsewhere = isElsewhere(method);
        Method entered = elsewhere && Modifier.isPublic(method.getModifiers())
                ? ClassUtils.getInterfaceMethodIfPossible(method, place.type())
                : method;
        FallbackHandle plain = FallbackHandle.of(entered, place);
        return new BoundFallback(
                candidate.failureType(),
                Objects.requireNonNull(candidate.form()),
                elsewhere ? new OtherBean(beans, place.beanName(), entered.getDeclaringClass()) : CalledObject.INSTANCE,
                elsewhere ? plain : guards.guard(place.beanName(), place.type(), method, plain),
                AnswerUse.by(call.returned()),
                text);
    }

    /** Another bean, or a method that only the proxy of a bean without a class of its own implements. */
    private boolean isElsewhere(Method method) {
        return place.elsewhere() || (place.type().isInterface() && Modifier.isAbstract(method.getModifiers()));
    }
}
