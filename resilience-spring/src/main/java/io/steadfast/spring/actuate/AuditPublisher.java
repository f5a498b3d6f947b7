package io.steadfast.spring.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import io.steadfast.spring.steer.ChangedByHandEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/** Hands changes by hand on to the actuator's audit log, as events of type {@value #TYPE}. */
public final class AuditPublisher implements ApplicationListener<PayloadApplicationEvent<ChangedByHandEvent>> {

    /** The type of the audit events. */
    public static final String TYPE = "RESILIENCE_CHANGED_BY_HAND";

    private final ApplicationEventPublisher publisher;

    /**
     * A listener.
     *
     * @param publisher whom to tell
     */
    public AuditPublisher(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void onApplicationEvent(PayloadApplicationEvent<ChangedByHandEvent> event) {
        ChangedByHandEvent told = event.getPayload();
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("kind", told.kind().name());
        data.put("call", told.call());
        told.change().ifPresent(change -> {
            data.put("change", change.id());
            data.put("policy", change.policy());
            data.put("instance", change.instance());
            data.put("action", change.action());
            data.put("values", change.values());
            data.put("before", change.before());
            change.until().ifPresent(until -> data.put("until", until.toString()));
        });
        if (!told.reasons().isEmpty()) {
            data.put("reasons", told.reasons());
        }
        publisher.publishEvent(new AuditApplicationEvent(told.at(), told.by().orElse(""), TYPE, data));
    }
}
