/**
 * What the endpoint {@code resilience} needs of Spring MVC.
 */
@NullMarked
package io.steadfast.spring.actuate.servlet;

import org.jspecify.annotations.NullMarked;
