package io.steadfast.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Shows of each rule that it can fail: each has a small tree, named like the rule, that breaks it. */
class FixtureTests {

    private static final String FIXTURES = "io.steadfast.architecture.fixtures";

    @TestFactory
    Stream<DynamicTest> everyRuleFailsOnItsFixture() {
        return new ArchitectureRules(FIXTURES)
                .all().keySet().stream()
                        .map(name -> dynamicTest(name, () -> {
                            String root = FIXTURES + "." + name;
                            JavaClasses fixture = new ClassFileImporter().importPackages(root);
                            assertThat(fixture)
                                    .as("classes of the fixture " + name)
                                    .isNotEmpty();
                            assertThat(new ArchitectureRules(root)
                                            .all()
                                            .get(name)
                                            .evaluate(fixture)
                                            .hasViolation())
                                    .as("the rule '" + name + "' fails on its fixture")
                                    .isTrue();
                        }));
    }
}
