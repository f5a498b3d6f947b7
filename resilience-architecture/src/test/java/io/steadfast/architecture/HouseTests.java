package io.steadfast.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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
                        "io.steadfast.retry",
                        "io.steadfast.retry.autoconfigure",
                        "io.steadfast.circuitbreaker",
                        "io.steadfast.fallback",
                        "io.steadfast.test");
    }
}
