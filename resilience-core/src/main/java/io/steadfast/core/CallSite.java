package io.steadfast.core;

import java.util.Map;
import java.util.function.Predicate;

import io.steadfast.core.time.Ticker;

/** What all calls of a pipeline have in common, so that each call carries one reference to it and not three of its own. */
record CallSite(String name, Ticker ticker, Predicate<Throwable> ignored, Map<Class<?>, Object> traits) {}
