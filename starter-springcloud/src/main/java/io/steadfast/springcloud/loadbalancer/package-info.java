/**
 * The bridge to Spring Cloud LoadBalancer: our pools pick, and hear how requests ended that its clients make. Needs
 * {@code spring-cloud-loadbalancer} and {@code steadfast-starter-failover}, which may be absent.
 */
@NullMarked
package io.steadfast.springcloud.loadbalancer;

import org.jspecify.annotations.NullMarked;
