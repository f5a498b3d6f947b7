package io.steadfast.drills;

/** Who stands between the users and the instances. */
public enum Side {

    /** Ours. */
    STEADFAST("Steadfast", "steadfast"),

    /** The peer, with its health check and its retry switched on. */
    SPRING_CLOUD("Spring Cloud LoadBalancer", "spring-cloud");

    private final String title;

    private final String profile;

    Side(String title, String profile) {
        this.title = title;
        this.profile = profile;
    }

    String title() {
        return title;
    }

    String profile() {
        return profile;
    }
}
