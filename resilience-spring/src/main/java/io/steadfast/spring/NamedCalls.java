package io.steadfast.spring;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Guards calls that are no annotated methods, by their name. They share policy instances with annotated methods of the same name,
 * are configured under the same properties and seen in the same places.
 *
 * <p>Thread-safe. Names are kept for the life of the application, so who makes them of data must bound them.
 */
public final class NamedCalls {

    private final GuardCompiler compiler;

    private final Map<CallRequest, NamedCall> calls = new ConcurrentHashMap<>();

    NamedCalls(GuardCompiler compiler) {
        this.compiler = compiler;
    }

    /**
     * Says that names will be asked for while the application runs. Configured names that nothing has asked for at the start are then no
     * slips of the pen.
     */
    public void expectMore() {
        compiler.expectMoreNames();
    }

    /**
     * The guard of a call. The same request gets the same guard.
     *
     * <p>Asked before the application has started, mistakes in settings join the report that refuses the start; afterwards they are
     * thrown at once.
     *
     * @param request what to guard
     * @return the guard
     * @throws InvalidResilienceException if settings are refused after the application has started
     */
    public NamedCall guard(CallRequest request) {
        NamedCall known = calls.get(request);
        if (known != null) {
            return known;
        }
        NamedCall made =
                compiler.compile(request); // not inside the map: policies that are made may ask for other calls
        NamedCall first = calls.putIfAbsent(request, made);
        return first == null ? made : first;
    }
}
