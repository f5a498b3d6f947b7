package io.steadfast.spring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.ResilienceListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The machinery behind the annotations, put together: one per application context. Refuses the start of the application
 * once all singletons are made, with every mistake in one report.
 */
public final class GuardEngine implements SmartInitializingSingleton {

    private final CallCatalogue catalogue = new CallCatalogue();

    private final StartupReport report;

    private final GuardCompiler compiler;

    private final NamedCalls namedCalls;

    private final PolicySections sections;

    private final BeanGuards guards;

    private final UnguardedBeans unguarded;

    private final ObjectProvider<GuardPostProcessor> postProcessor;

    private final ResilienceListener listener;

    /**
     * Puts the machinery together.
     *
     * @param beans the application's beans
     * @param environment its properties
     * @param found the kinds of policy there are
     * @param styles the ways to call there are, besides plain methods and stages
     * @param rules what else to check of each call; asked for when all singletons are made
     * @param extensions what other libraries and protocols add
     * @param runtime clock, timer and listener for all pipelines
     */
    public GuardEngine(
            ConfigurableListableBeanFactory beans,
            ConfigurableEnvironment environment,
            List<PolicyProvider<?, ?>> found,
            List<CallStyle> styles,
            Supplier<List<CallRule>> rules,
            Extensions extensions,
            PolicyRuntime runtime) {
        this.report = new StartupReport(GlobalSettings.isLenient(environment));
        List<PolicyProvider<?, ?>> providers = onePerPlace(found);
        this.listener = runtime.listener();
        this.sections = new PolicySections(providers);
        Assembly.Parts parts = new Assembly.Parts(beans, environment, providers, rules, extensions, runtime);
        AnnotationReader reader = new AnnotationReader(providers, extensions.translators());
        this.compiler =
                new GuardCompiler(reader, new ReturnTypes(styles), parts, Assembly.first(parts, report, catalogue));
        this.namedCalls = new NamedCalls(compiler);
        this.guards = new BeanGuards(reader, compiler, report);
        this.unguarded = new UnguardedBeans(beans, guards, report);
        this.postProcessor = beans.getBeanProvider(GuardPostProcessor.class);
    }

    /**
     * Guards calls that are no annotated methods.
     *
     * @return the calls
     */
    public NamedCalls namedCalls() {
        return namedCalls;
    }

    /**
     * Puts changed properties in force.
     *
     * @param participants who has settings of its own; asked for with each change
     * @return the refresher
     */
    public ResilienceRefresher refresher(Supplier<List<RefreshParticipant>> participants) {
        return new ResilienceRefresher(compiler, participants, listener);
    }

    /**
     * All guarded calls by name.
     *
     * @return the catalogue; grows while beans are made
     */
    public CallCatalogue catalogue() {
        return catalogue;
    }

    /**
     * The kinds of policy there are, and their settings.
     *
     * @return the sections
     */
    public PolicySections sections() {
        return sections;
    }

    @Override
    public void afterSingletonsInstantiated() {
        guards.reportUnreachable();
        postProcessor.ifAvailable(unguarded::reportAll);
        compiler.check();
        report.close();
    }

    /** Of two kinds of policy that claim one section or one place in the order, the first keeps it, and the other is reported. */
    private List<PolicyProvider<?, ?>> onePerPlace(List<PolicyProvider<?, ?>> found) {
        List<PolicyProvider<?, ?>> kept = new ArrayList<>();
        Map<String, String> owners = new LinkedHashMap<>();
        for (PolicyProvider<?, ?> provider : found) {
            String name = provider.getClass().getName();
            Set<String> claims = new LinkedHashSet<>(List.of(provider.policy()));
            claims.addAll(provider.places());
            boolean free = true;
            for (String place : claims) {
                String owner = owners.get(place);
                if (owner != null) {
                    free = false;
                    report.add(new StartupProblem(
                            "Two policies claim the place '" + place + "' in the order",
                            owner + ", " + name,
                            "Remove one of the beans, or let its policy() and places() answer with ids of its own."));
                }
            }
            if (free) {
                kept.add(provider);
                claims.forEach(place -> owners.put(place, name));
            }
        }
        return List.copyOf(kept);
    }

    BeanGuards guards() {
        return guards;
    }
}
