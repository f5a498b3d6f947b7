package io.steadfast.failover.autoconfigure;

import io.steadfast.core.Call;
import io.steadfast.failover.FailoverKey;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The address of whoever sent the request that the application is serving on this thread, as Boot's settings for proxies make it. */
final class ClientAddress implements FailoverKey {

    @Override
    public @Nullable Object keyOf(Call call) {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes inbound
                ? inbound.getRequest().getRemoteAddr()
                : null;
    }
}
