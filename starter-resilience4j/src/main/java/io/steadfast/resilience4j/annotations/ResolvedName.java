package io.steadfast.resilience4j.annotations;

/**
 * What a name on an annotation comes to.
 *
 * @param text the name; or, if it differs from call to call, the expression
 * @param perCall whether it speaks of the arguments
 */
record ResolvedName(String text, boolean perCall) {}
