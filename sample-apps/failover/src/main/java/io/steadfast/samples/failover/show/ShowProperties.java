package io.steadfast.samples.failover.show;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the play goes.
 *
 * @param instances how many instances of the stock service there are
 * @param visitorsPerSecond how many come, 0 for none
 * @param rowSeconds how often a row is printed
 * @param story whether there is trouble
 */
@ConfigurationProperties("show")
public record ShowProperties(
        @DefaultValue("3") int instances,
        @DefaultValue("30") int visitorsPerSecond,
        @DefaultValue("5") int rowSeconds,
        @DefaultValue("true") boolean story) {}
