package io.steadfast.spring;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A policy as one method uses it.
 *
 * @param section its section in the properties
 * @param places the policies around the method, one a place
 * @param traits what they want to know about the method
 * @param settings the settings that hold for the method; not asked before the application has started, because until then
 *     another method may come that shares the policy and has a say
 */
record MethodPolicy(
        String section,
        List<GuardedPolicy> places,
        Map<Class<?>, Object> traits,
        Supplier<? extends EffectiveSettings<?>> settings) {}
