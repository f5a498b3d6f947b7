package io.steadfast.samples.storefront.services;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** All services behind the shop, inside this application, so that there is nothing to install. */
public final class PretendServices {

    private final Map<Service, PretendService> services = new EnumMap<>(Service.class);

    private PretendServices() {}

    static PretendServices start(int requestsPerSecond) {
        PretendServices started = new PretendServices();
        for (Service service : Service.values()) {
            started.services.put(service, PretendService.start(service, new Capacity(requestsPerSecond)));
        }
        return started;
    }

    /**
     * One of them.
     *
     * @param service which
     * @return the service
     */
    public PretendService of(Service service) {
        return Objects.requireNonNull(services.get(service));
    }

    ServiceUrls urls() {
        return new ServiceUrls(
                of(Service.CATALOGUE).url(),
                of(Service.STOCK).url(),
                of(Service.PRICE).url(),
                of(Service.RECOMMENDATIONS).url());
    }

    void stop() {
        services.values().forEach(PretendService::stop);
    }
}
