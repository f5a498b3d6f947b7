package io.steadfast.door;

import java.util.Map;
import java.util.Set;

import io.steadfast.core.Policy;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.PolicyRequest;

/** Plugs doors in: {@code @Door("archive")} on methods, {@code resilience.door.instances.archive.places} in properties. */
final class DoorProvider implements PolicyProvider<Door, DoorSettings> {

    @Override
    public String policy() {
        return "door";
    }

    @Override
    public Class<Door> annotation() {
        return Door.class;
    }

    @Override
    public Class<DoorSettings> settings() {
        return DoorSettings.class;
    }

    @Override
    public Policy create(PolicyRequest<Door, DoorSettings> request) {
        return new DoorPolicy(request.id(), request.settings().getPlaces());
    }

    @Override
    public Set<String> methodKeys() {
        return Set.of("visitor");
    }

    @Override
    public Map<Class<?>, Object> traits(PolicyRequest<Door, DoorSettings> request) {
        return Map.of(Visitor.class, request.settings().getVisitor());
    }
}
