package io.steadfast.timeout.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.steadfast.core.Policy;
import io.steadfast.spring.InvalidGuardException;
import io.steadfast.spring.PolicyProvider;
import io.steadfast.spring.PolicyRequest;
import io.steadfast.spring.Succession;
import io.steadfast.timeout.Timeout;
import io.steadfast.timeout.TimeoutConfig;
import io.steadfast.timeout.TimeoutPolicy;
import io.steadfast.timeout.autoconfigure.TimeoutProperties.Settings;
import org.jspecify.annotations.Nullable;

/** Makes up to two limits of the settings of an instance: of all attempts together, and of each. */
final class TimeoutPolicyProvider implements PolicyProvider<Timeout, Settings> {

    @Override
    public String policy() {
        return TimeoutPolicy.KIND;
    }

    @Override
    public List<String> places() {
        return List.of(TimeoutPolicy.TOTAL, TimeoutPolicy.KIND);
    }

    @Override
    public Class<Timeout> annotation() {
        return Timeout.class;
    }

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    @Override
    public @Nullable Policy create(PolicyRequest<Timeout, Settings> request) {
        TimeoutConfig config = config(request);
        return hasPlace(request, config) ? new TimeoutPolicy(request.id(), config) : null;
    }

    @Override
    public Succession succeed(PolicyRequest<Timeout, Settings> request, Policy before) {
        TimeoutConfig config = config(request);
        return Succession.ofFresh(hasPlace(request, config) ? ((TimeoutPolicy) before).successor(config) : null);
    }

    private static boolean hasPlace(PolicyRequest<Timeout, Settings> request, TimeoutConfig config) {
        boolean total = request.id().policy().equals(TimeoutPolicy.TOTAL);
        return (total ? config.total() : config.limit()) != null;
    }

    private static TimeoutConfig config(PolicyRequest<Timeout, Settings> request) {
        Settings settings = request.settings();
        if (settings.getLimit() == null && settings.getTotal() == null) {
            throw nothingToDo(request);
        }
        return new TimeoutConfig(attemptLimit(settings), settings.getTotal(), settings.isSeparateThread());
    }

    /** An attempt limit above the total is never reached, so it is none; {@link TimesThatFit} tells whoever set it. */
    private static @Nullable Duration attemptLimit(Settings settings) {
        Duration limit = settings.getLimit();
        Duration total = settings.getTotal();
        boolean reached = limit == null || total == null || total.isNegative() || limit.compareTo(total) <= 0;
        return reached ? limit : null;
    }

    private static InvalidGuardException nothingToDo(PolicyRequest<Timeout, Settings> request) {
        String instance = "resilience.timeout.instances." + request.id().instance();
        return new InvalidGuardException(
                "timeout '" + request.id().instance()
                        + "' has neither a limit (for each attempt) nor a total (for all of them together), so nothing would"
                        + " ever time out",
                (request.annotation() == null ? "@Resilient on " : "@Timeout on ")
                        + request.method().defaultName(),
                "Set " + instance + ".limit or " + instance + ".total, or both, for example to 2s; or the same under"
                        + " resilience.timeout.defaults; or set them on @Timeout. If you have, another mistake told here keeps it"
                        + " from being read.");
    }

    @Override
    public boolean standard() {
        return true;
    }

    @Override
    public Map<String, Object> standardValues() {
        return Map.of("limit", "2s", "total", "10s");
    }
}
