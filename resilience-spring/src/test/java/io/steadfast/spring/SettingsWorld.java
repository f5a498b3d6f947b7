package io.steadfast.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.steadfast.core.Policy;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** An environment of YAML files and variables, a provider of the policy "retry", and the report of what is wrong. */
final class SettingsWorld {

    static final ToyProvider RETRY = new ToyProvider("retry");

    private final StandardEnvironment environment = new StandardEnvironment();

    private List<ToyProvider> providers = List.of(RETRY);

    private List<PropertySection> sections = List.of();

    private StartupReport report = new StartupReport(false);

    private SettingsReader reader;

    SettingsWorld() {
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
    }

    static SettingsWorld of(String yaml) {
        return new SettingsWorld().yaml("application.yml", yaml);
    }

    /** The first file wins. */
    SettingsWorld yaml(String file, String yaml) {
        ByteArrayResource resource = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public String getDescription() {
                return "class path resource [" + file + "]";
            }
        };
        try {
            new YamlPropertySourceLoader().load(file, resource).forEach(environment.getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Variables win over files. */
    SettingsWorld variables(Map<String, Object> variables) {
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        return this;
    }

    /** Arguments win over everything. */
    SettingsWorld arguments(Map<String, Object> arguments) {
        environment.getPropertySources().addFirst(new MapPropertySource("commandLineArgs", arguments));
        return this;
    }

    SettingsWorld providers(ToyProvider... all) {
        providers = List.of(all);
        return this;
    }

    SettingsWorld sections(PropertySection... all) {
        sections = List.of(all);
        return this;
    }

    SettingsWorld lenient() {
        report = new StartupReport(true);
        return this;
    }

    StandardEnvironment environment() {
        return environment;
    }

    StartupReport report() {
        return report;
    }

    SettingsReader reader() {
        if (reader == null) {
            reader = new SettingsReader(environment, providers, sections, report);
        }
        return reader;
    }

    EffectiveSettings<ToySettings> read(String instance) {
        return read(instance, Map.of());
    }

    EffectiveSettings<ToySettings> read(String instance, Map<String, Object> attributes) {
        return read(instance, attributes, Map.of());
    }

    EffectiveSettings<ToySettings> read(
            String instance, Map<String, Object> attributes, Map<String, Object> standardValues) {
        return reader().read(
                        RETRY,
                        instance,
                        List.of(new StatedValues(attributes, "@Retry on Inventory.find")),
                        new StatedValues(standardValues, EffectiveValue.STANDARD_SET));
    }

    /** What the report holds, emptied. */
    List<StartupProblem> problems() {
        try {
            report.close();
            return List.of();
        } catch (InvalidResilienceException refused) {
            return refused.problems();
        }
    }

    StartupProblem onlyProblem() {
        List<StartupProblem> problems = problems();
        if (problems.size() != 1) {
            throw new AssertionError("expected one problem, but found " + problems);
        }
        return problems.get(0);
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface Toy {}

    record ToyProvider(String policy) implements PolicyProvider<Toy, ToySettings> {

        @Override
        public Class<Toy> annotation() {
            return Toy.class;
        }

        @Override
        public Class<ToySettings> settings() {
            return ToySettings.class;
        }

        @Override
        public Policy create(PolicyRequest<Toy, ToySettings> request) {
            throw new UnsupportedOperationException("settings are tested without policies");
        }
    }
}
