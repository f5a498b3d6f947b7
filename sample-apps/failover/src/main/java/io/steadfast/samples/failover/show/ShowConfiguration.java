package io.steadfast.samples.failover.show;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** All that a shop of your own would not have. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
@EnableConfigurationProperties(ShowProperties.class)
public class ShowConfiguration {}
