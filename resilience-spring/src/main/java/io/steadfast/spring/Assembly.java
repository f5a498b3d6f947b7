package io.steadfast.spring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.steadfast.core.OutcomeReader;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.spring.PolicySelection.Selected;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * All that is made of one reading of the properties. A change of settings makes another, from the same methods, and puts it in the
 * place of this one as a whole, or not at all.
 */
final class Assembly {

    private final SettingsReader settings;

    private final GlobalSettings global;

    private final PolicySelection selection;

    private final SharedPolicies policies;

    private final PipelineAssembler assembler;

    private final CallCatalogue catalogue;

    private final CallRules rules;

    private final StartupReport report;

    /** Where each policy instance is asked for: policy, instance, place. */
    private final Map<String, Map<String, String>> used = new ConcurrentHashMap<>();

    private Assembly(Parts parts, StartupReport report, CallCatalogue catalogue, SharedPolicies.Before before) {
        this.report = report;
        this.catalogue = catalogue;
        this.settings = new SettingsReader(parts.environment, parts.providers, parts.extensions.sections(), report);
        this.global = settings.global();
        this.rules = new CallRules(parts.rules, report);
        this.selection =
                new PolicySelection(parts.providers, settings, new CallNames(parts.environment, report), report);
        this.policies = new SharedPolicies(
                settings,
                new PolicyMaker(
                        settings,
                        parts.runtime,
                        parts.beans,
                        new ConfiguredTemplates(settings, parts.providers, parts.runtime, parts.beans),
                        report),
                catalogue,
                report,
                selection::isStandard,
                before);
        this.assembler = new PipelineAssembler(
                global, parts.runtime, OutcomeReader.all(parts.extensions.readers()), catalogue, rules, report);
    }

    static Assembly first(Parts parts, StartupReport report, CallCatalogue catalogue) {
        return new Assembly(parts, report, catalogue, SharedPolicies.Before.NOTHING);
    }

    /** One that may take the place of this one; until it does, nothing is changed by it. */
    Assembly next(Parts parts, Changes changes) {
        return new Assembly(
                parts,
                changes.report(),
                changes.catalogue(),
                new SharedPolicies.Before(Optional.of(policies), changes));
    }

    Selected select(GuardAnnotations annotations, GuardedMethod method) {
        return selection.select(annotations, method);
    }

    Selected select(CallRequest request) {
        request.policies().stream()
                .filter(policy -> !settings.policies().contains(policy))
                .forEach(policy -> report.add(AbsentSections.wanted(policy, request.asker())));
        return selection.select(request);
    }

    /** Makes or finds the policies, and lines them up. */
    Lineup lineUp(Selected selected, GuardedMethod method, MethodGuards guards) {
        List<MethodPolicy> made = new ArrayList<>();
        for (RequestedPolicy<?, ?> request : selected.policies()) {
            used.computeIfAbsent(request.provider().policy(), policy -> new ConcurrentHashMap<>())
                    .putIfAbsent(request.instance(), method.describe());
            catalogue.note(selected.call(), request.provider().policy(), request.instance());
            if (global.allows(request.provider().policy())) {
                MethodPolicy policy = policies.obtain(request, method, guards);
                if (policy != null) {
                    made.add(policy);
                }
            }
        }
        return made.isEmpty() ? Lineup.empty(selected.call()) : assembler.assemble(selected.call(), made, method);
    }

    /** It is in force now, and needs to know nothing of what was before. */
    void settle() {
        policies.forgetBefore();
    }

    /**
     * All that can only be said when everything has been lined up.
     *
     * @param moreNamesToCome whether a name that nobody has asked for may be asked for later
     */
    void check(boolean moreNamesToCome) {
        KeyCheck.check(settings, report);
        if (!moreNamesToCome) {
            NameCheck.check(settings, used, report);
            NameCheck.checkCalls(global, catalogue.anyMethodOfEach(), report);
        }
        rules.start();
    }

    CallCatalogue catalogue() {
        return catalogue;
    }

    StartupReport report() {
        return report;
    }

    /**
     * What every assembly is made of.
     *
     * @param beans the application's beans
     * @param environment its properties, read anew for each assembly
     * @param providers the kinds of policy there are
     * @param rules what else to check of each call
     * @param extensions what other libraries and protocols add
     * @param runtime clock, timer and listener
     */
    record Parts(
            BeanFactory beans,
            ConfigurableEnvironment environment,
            Collection<? extends PolicyProvider<?, ?>> providers,
            Supplier<List<CallRule>> rules,
            Extensions extensions,
            PolicyRuntime runtime) {}
}
