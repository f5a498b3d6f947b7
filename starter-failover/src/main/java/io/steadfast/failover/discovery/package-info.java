/** Spring Cloud's registries as directories of instances. Needs spring-cloud-commons. */
@NullMarked
package io.steadfast.failover.discovery;

import org.jspecify.annotations.NullMarked;
