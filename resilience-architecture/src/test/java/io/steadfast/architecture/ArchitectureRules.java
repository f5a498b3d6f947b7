package io.steadfast.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.bePackagePrivate;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The rules of the house. They take the root package as a parameter so that the same rule that holds for the house can be
 * shown to fail on a small tree that breaks it.
 */
final class ArchitectureRules {

    private static final String AUTO_CONFIGURATION = "org.springframework.boot.autoconfigure.AutoConfiguration";

    private static final String BEAN = "org.springframework.context.annotation.Bean";

    /** A starter's root package, and the library it may use as its engine. */
    private static final Map<String, List<String>> STARTERS = Map.of(
            "timeout", List.of(),
            "retry", List.of(),
            "fallback", List.of(),
            "http", List.of(),
            "hedge", List.of(),
            "failover", List.of("..failover.pick", "..failover.health"), // rooms of its own, as plain as it is
            "circuitbreaker", List.of("io.github.resilience4j.."),
            "ratelimiter", List.of("io.github.resilience4j.."),
            "bulkhead", List.of("com.netflix.concurrency.limits.."));

    private final String root;

    ArchitectureRules(String root) {
        this.root = root;
    }

    /** All rules by the name of the fixture that breaks each. */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("corealone", coreNeedsTheJdkOnly());
        rules.put("reactor", reactorStaysInItsRoom());
        STARTERS.forEach((starter, engine) -> rules.put(starter, starterIsPlainJava(starter, engine)));
        rules.put("inward", nothingDependsOnAutoConfiguration());
        rules.put("openconfiguration", autoConfigurationsArePublicAndFinal());
        rules.put("openbeans", beanMethodsArePackagePrivate());
        rules.put("cycle", packagesAreFreeOfCycles());
        rules.put("unmarked", packagesAreNullMarked());
        rules.put("clock", timeIsInjected());
        rules.put("locks", nothingIsSynchronized());
        rules.put("openpolicy", policiesAreFinal());
        rules.put("names", noPackageIsADrawer());
        return rules;
    }

    private ArchRule coreNeedsTheJdkOnly() {
        return classes()
                .that()
                .resideInAPackage(root + ".core..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", root + ".core.."))
                .because("whoever uses the core without Spring gets nothing else with it");
    }

    private ArchRule reactorStaysInItsRoom() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(root + ".reactor..", root + ".test..", "..reactive..", "..autoconfigure..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("reactor..", "org.reactivestreams..")
                .because("an application without Reactor must never load a class that needs it");
    }

    private ArchRule starterIsPlainJava(String starter, List<String> engine) {
        DescribedPredicate<JavaClass> allowed = resideInAnyPackage("java..", "org.jspecify..")
                .or(resideInAPackage(root + ".core.."))
                .or(resideInAPackage(root + "." + starter))
                .or(resideInAnyPackage(engine.toArray(String[]::new)));
        return classes()
                .that()
                .resideInAPackage(root + "." + starter)
                .should()
                .onlyDependOnClassesThat(allowed)
                .because("a policy is usable without Spring, without meters and without the other starters");
    }

    private ArchRule nothingDependsOnAutoConfiguration() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("..autoconfigure..")
                .should()
                .dependOnClassesThat(resideInAPackage(root + "..autoconfigure.."))
                .because("auto-configuration sees everything, and nothing sees it");
    }

    private ArchRule autoConfigurationsArePublicAndFinal() {
        return classes()
                .that()
                .areAnnotatedWith(AUTO_CONFIGURATION)
                .should()
                .bePublic()
                .andShould()
                .haveModifier(JavaModifier.FINAL)
                .because("users import them and never extend them");
    }

    private ArchRule beanMethodsArePackagePrivate() {
        return methods()
                .that()
                .areAnnotatedWith(BEAN)
                .should(bePackagePrivate())
                .because("a bean is asked for from the context and not by calling its method");
    }

    private ArchRule packagesAreFreeOfCycles() {
        return slices().matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("a package that is in a cycle with another cannot be understood without it");
    }

    private ArchRule packagesAreNullMarked() {
        return classes()
                .that()
                .doNotHaveSimpleName("package-info")
                .should(BeInANullMarkedPackage.INSTANCE)
                .because("a reader must see at a glance what may be null");
    }

    private ArchRule timeIsInjected() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".core.time..")
                .should()
                .accessTargetWhere(
                        DescribedPredicate.describe("reads a clock, sleeps or starts threads", Clocks::touches))
                .because("what a test cannot control it cannot test");
    }

    private ArchRule nothingIsSynchronized() {
        return noMethods()
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .because("up to Java 23 a virtual thread that blocks in a monitor keeps its carrier");
    }

    private ArchRule policiesAreFinal() {
        return classes()
                .that(DescribedPredicate.describe(
                        "are policies", type -> !type.isInterface() && type.isAssignableTo("io.steadfast.core.Policy")))
                .should()
                .haveModifier(JavaModifier.FINAL)
                .because("a policy is changed by its settings and not by a subclass");
    }

    private ArchRule noPackageIsADrawer() {
        return noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..impl..", "..internal..", "..helper..")
                .because("such a name says nothing about what is inside");
    }

    /** What only the time package may touch. */
    private static final class Clocks {

        private static final Map<String, List<String>> FORBIDDEN = Map.of(
                "java.lang.System", List.of("nanoTime", "currentTimeMillis"),
                "java.lang.Thread", List.of("sleep", "<init>", "startVirtualThread", "ofVirtual", "ofPlatform"),
                "java.time.Instant", List.of("now"),
                "java.time.Clock", List.of("systemUTC", "systemDefaultZone", "system", "tickMillis", "tickSeconds"),
                "java.util.concurrent.ForkJoinPool", List.of("commonPool", "<init>"),
                "java.util.concurrent.ThreadPoolExecutor", List.of("<init>"),
                "java.util.concurrent.ScheduledThreadPoolExecutor", List.of("<init>"),
                "java.util.Timer", List.of("<init>"));

        static boolean touches(JavaAccess<?> access) {
            AccessTarget target = access.getTarget();
            String owner = target.getOwner().getName();
            return owner.equals("java.util.concurrent.Executors")
                    || FORBIDDEN.getOrDefault(owner, List.of()).contains(target.getName());
        }
    }
}
