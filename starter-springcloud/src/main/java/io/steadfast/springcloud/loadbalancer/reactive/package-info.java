/** Spring Cloud's load balancer on our pools: its interface is a reactive one. */
@NullMarked
package io.steadfast.springcloud.loadbalancer.reactive;

import org.jspecify.annotations.NullMarked;
