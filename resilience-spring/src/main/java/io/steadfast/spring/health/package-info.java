/** The health of guarded calls, as Spring Boot's actuator shows it. */
@NullMarked
package io.steadfast.spring.health;

import org.jspecify.annotations.NullMarked;
