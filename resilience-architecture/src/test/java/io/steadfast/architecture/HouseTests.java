package io.steadfast.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.steadfast.core.Policy;
import io.steadfast.test.GateContract;
import io.steadfast.test.RaceContract;
import io.steadfast.test.RecoveryContract;
import io.steadfast.test.TimeLimitContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the rules against all published modules. */
class HouseTests {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/architecture/"))
            .importPackages("io.steadfast");

    @TestFactory
    Stream<DynamicTest> everyRuleHolds() {
        return new ArchitectureRules("io.steadfast")
                .all().entrySet().stream()
                        .map(rule -> dynamicTest(
                                rule.getValue().getDescription(),
                                () -> rule.getValue().check(HOUSE)));
    }

    /** Test classes are read from where the build has put them; a policy of the house without a contract test is none. */
    @Test
    void whenAClassIsAPolicy_thenATestHoldsItToTheContract() throws IOException {
        JavaClasses tests = new ClassFileImporter().importPaths(testClassesOfAllModules());
        List<String> policies = HOUSE.stream()
                .filter(type -> !type.isInterface() && type.isAssignableTo(Policy.class))
                .filter(type -> !type.getPackageName().equals("io.steadfast.test"))
                .filter(type -> !type.getPackageName().equals("io.steadfast.core")) // a driver's own stand-in
                .map(JavaClass::getName)
                .toList();
        assertThat(policies).hasSizeGreaterThanOrEqualTo(3);
        assertThat(policies)
                .allSatisfy(policy -> assertThat(tests.stream()
                                .filter(test -> test.isAssignableTo(GateContract.class)
                                        || test.isAssignableTo(RecoveryContract.class)
                                        || test.isAssignableTo(TimeLimitContract.class)
                                        || test.isAssignableTo(RaceContract.class))
                                .filter(test -> test.getDirectDependenciesFromSelf().stream()
                                        .anyMatch(used ->
                                                used.getTargetClass().getName().equals(policy))))
                        .as("contract tests of " + policy)
                        .isNotEmpty());
    }

    private static List<Path> testClassesOfAllModules() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            List<Path> found = modules.map(module -> module.resolve("target/test-classes"))
                    .filter(Files::isDirectory)
                    .toList();
            assertThat(found)
                    .as("test classes of the other modules; build them first")
                    .hasSizeGreaterThan(5);
            return found;
        }
    }

    @Test
    void whenImported_thenEveryRoomIsThere() {
        assertThat(HOUSE).hasSizeGreaterThan(120);
        assertThat(HOUSE.stream().map(type -> type.getPackageName()).distinct())
                .contains(
                        "io.steadfast.core",
                        "io.steadfast.core.time",
                        "io.steadfast.reactor",
                        "io.steadfast.spring",
                        "io.steadfast.spring.autoconfigure",
                        "io.steadfast.timeout",
                        "io.steadfast.timeout.autoconfigure",
                        "io.steadfast.retry",
                        "io.steadfast.retry.autoconfigure",
                        "io.steadfast.circuitbreaker",
                        "io.steadfast.ratelimiter",
                        "io.steadfast.bulkhead",
                        "io.steadfast.fallback",
                        "io.steadfast.hedge",
                        "io.steadfast.hedge.autoconfigure",
                        "io.steadfast.dashboard",
                        "io.steadfast.dashboard.autoconfigure",
                        "io.steadfast.spring.live",
                        "io.steadfast.spring.steer",
                        "io.steadfast.spring.health",
                        "io.steadfast.spring.observation",
                        "io.steadfast.http",
                        "io.steadfast.http.restclient",
                        "io.steadfast.http.reactive",
                        "io.steadfast.http.feign",
                        "io.steadfast.http.servlet",
                        "io.steadfast.springcloud",
                        "io.steadfast.resilience4j",
                        "io.steadfast.test");
    }
}
