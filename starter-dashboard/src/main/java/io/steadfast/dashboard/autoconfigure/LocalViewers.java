package io.steadfast.dashboard.autoconfigure;

import io.steadfast.dashboard.ThisMachine;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.env.Environment;

/** Where viewers on this machine can be told from others by their requests, and where they cannot. */
final class LocalViewers {

    private static final String STRATEGY = "server.forward-headers-strategy";

    private LocalViewers() {}

    /** The request is there as the server got it, unless the server itself believes forwarded headers. */
    static ThisMachine onServlets(Environment environment) {
        return machine(environment, strategy(environment).equalsIgnoreCase("native"));
    }

    /** The request as the server got it is gone once anything believes forwarded headers. */
    static ThisMachine onWebFlux(Environment environment, boolean transformed) {
        return machine(environment, transformed || !strategy(environment).equalsIgnoreCase("none"));
    }

    private static String strategy(Environment environment) {
        return environment.getProperty(STRATEGY, "none");
    }

    private static ThisMachine machine(Environment environment, boolean believed) {
        String platform = platform(environment);
        return new ThisMachine(
                platform != null || !believed
                        ? platform
                        : "forwarded headers are believed here (" + STRATEGY
                                + " or a ForwardedHeaderTransformer), so that anybody may claim to be on this machine");
    }

    /** Proxies stand beside the server there, and their requests look like those of somebody who sits at it. */
    private static @Nullable String platform(Environment environment) {
        CloudPlatform active = CloudPlatform.getActive(environment);
        return active == null || active == CloudPlatform.NONE
                ? null
                : "the application runs on the platform " + active + ", where nobody sits at the server";
    }
}
