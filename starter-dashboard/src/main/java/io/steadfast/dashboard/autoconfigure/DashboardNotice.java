package io.steadfast.dashboard.autoconfigure;

import io.steadfast.dashboard.DashboardApi;
import io.steadfast.dashboard.DashboardPath;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Says once where the page is. */
final class DashboardNotice implements ApplicationListener<WebServerInitializedEvent> {

    private static final Log LOGGER = LogFactory.getLog("io.steadfast.resilience.dashboard");

    private final DashboardPath path;

    private final DashboardApi api;

    private final String prefix;

    private final boolean isForEverybody;

    DashboardNotice(DashboardPath path, DashboardApi api, boolean isForEverybody, String prefix) {
        this.path = path;
        this.api = api;
        this.isForEverybody = isForEverybody;
        this.prefix = prefix;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent started) {
        if (!api.isReadable()) {
            return;
        }
        LOGGER.info("Resilience dashboard on port " + started.getWebServer().getPort() + " at " + prefix + path.value()
                + "/" + (api.isWritable() ? ", with changes allowed" : ", read only")
                + (isForEverybody ? "" : "; without Spring Security at localhost only"));
    }
}
