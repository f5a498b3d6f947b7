/** Spring Cloud's {@code ReactiveCircuitBreakerFactory} on our pipelines. Needs Reactor. */
@NullMarked
package io.steadfast.springcloud.reactive;

import org.jspecify.annotations.NullMarked;
