/**
 * What a guarded call costs: ours beside resilience4j's starter and Spring's own retry, each in an application context of
 * its own. {@link io.steadfast.benchmarks.Report} measures and writes the table.
 */
@NullMarked
package io.steadfast.benchmarks;

import org.jspecify.annotations.NullMarked;
