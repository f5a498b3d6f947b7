package io.steadfast.dashboard.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether the page is wanted: where nobody says so, everywhere but in production. */
final class OnDashboard extends SpringBootCondition {

    private static final String ENABLED = "resilience.dashboard.enabled";

    private static final Profiles PRODUCTION = Profiles.of("prod | production | live");

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Resilience dashboard");
        Environment environment = context.getEnvironment();
        Boolean enabled = environment.getProperty(ENABLED, Boolean.class);
        if (enabled != null) {
            return new ConditionOutcome(enabled, message.because(ENABLED + " is " + enabled));
        }
        return environment.acceptsProfiles(PRODUCTION)
                ? ConditionOutcome.noMatch(
                        message.because("a production profile is active; " + ENABLED + " is not set"))
                : ConditionOutcome.match(message.because("no production profile is active"));
    }
}
