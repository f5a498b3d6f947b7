package io.steadfast.failover.discovery;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.cloud.client.discovery.event.HeartbeatMonitor;
import org.springframework.cloud.client.discovery.event.InstanceRegisteredEvent;
import org.springframework.cloud.client.discovery.event.ParentHeartbeatEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;

/** Passes on to pools what registries announce: that they have heard something new. Thread-safe. */
public final class DiscoverySignals implements ApplicationListener<ApplicationEvent> {

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private final HeartbeatMonitor heartbeats = new HeartbeatMonitor();

    /** Has nobody to tell yet. */
    public DiscoverySignals() {}

    /**
     * Tells somebody of changes from now on.
     *
     * @param changed quick, and may be run by any thread
     * @return stops it
     */
    public Runnable onChange(Runnable changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (isNews(event)) {
            listeners.forEach(Runnable::run);
        }
    }

    /** A heartbeat with the value of the one before it says that nothing has changed. */
    private boolean isNews(ApplicationEvent event) {
        if (event instanceof HeartbeatEvent heartbeat) {
            return heartbeats.update(heartbeat.getValue());
        }
        if (event instanceof ParentHeartbeatEvent heartbeat) {
            return heartbeats.update(heartbeat.getValue());
        }
        return event instanceof InstanceRegisteredEvent<?>;
    }
}
