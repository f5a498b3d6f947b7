package io.steadfast.springcloud.loadbalancer;

import io.steadfast.core.Call;
import io.steadfast.core.Lease;
import org.jspecify.annotations.Nullable;

/** Finds what a call has leased already. */
public final class HeldLease {

    private HeldLease() {}

    /**
     * The lease that the call, or one around it, holds of the pool of a service.
     *
     * @param call the call that the request is made in; {@code null} for none
     * @param service the id of the service
     * @return the lease; {@code null} if there is none
     */
    public static @Nullable Lease find(@Nullable Call call, String service) {
        for (Call around = call; around != null; around = around.enclosing()) {
            Lease lease = around.lease();
            if (lease != null && lease.instance().pool().equalsIgnoreCase(service)) {
                return lease;
            }
        }
        return null;
    }
}
