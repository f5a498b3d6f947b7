/** Spring Cloud's registries that answer with publishers, for applications that have no others. */
@NullMarked
package io.steadfast.failover.discovery.reactive;

import org.jspecify.annotations.NullMarked;
