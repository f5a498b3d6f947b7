package io.steadfast.fallback.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;

import io.steadfast.fallback.Fallback;
import io.steadfast.spring.InvalidResilienceException;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The whole way: annotated bean, properties, engine. */
class FallbackAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ResilienceAutoConfiguration.class, FallbackAutoConfiguration.class))
            .withBean("inventory", Inventory.class)
            .withBean("cache", Cache.class);

    @Test
    void whenTheStarterIsThere_thenAFailureIsAnsweredFor() {
        runner.run(context -> {
            Inventory inventory = context.getBean(Inventory.class);
            assertThat(inventory.find("a", null)).isEqualTo("a");
            assertThat(inventory.find("a", new IOException("down"))).isEqualTo("instead of a: down");
            assertThat(inventory.later("a").join()).isEqualTo("later a");
        });
    }

    @Test
    void whenAnotherBeanIsNamed_thenItsOwnFallbackApplies() {
        runner.run(context ->
                assertThat(context.getBean(Inventory.class).elsewhere("a")).isEqualTo("cache empty: a"));
    }

    @Test
    void whenAPrivateFallbackIsAnnotated_thenItsOwnFallbackApplies() {
        runner.run(
                context -> assertThat(context.getBean(Inventory.class).chain()).isEqualTo("last resort"));
    }

    @Test
    void whenAnInstanceListsExceptions_thenOnlyTheyAreAnsweredFor() {
        runner.withPropertyValues("resilience.fallback.instances.stock.exceptions=java.io.FileNotFoundException")
                .run(context -> {
                    Inventory inventory = context.getBean(Inventory.class);
                    assertThat(inventory.find("a", new FileNotFoundException("gone")))
                            .isEqualTo("instead of a: gone");
                    assertThatThrownBy(() -> inventory.find("a", new IOException("down")))
                            .isInstanceOf(IOException.class);
                });
    }

    @Test
    void whenTheDefaultsIgnoreAnException_thenItsFailureStands() {
        runner.withPropertyValues("resilience.fallback.defaults.ignore-exceptions=java.io.IOException")
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(Inventory.class).find("a", new IOException("down")))
                        .isInstanceOf(IOException.class));
    }

    @Test
    void whenTheAnnotationIgnoresAnException_thenItsFailureStands() {
        runner.run(context -> {
            Inventory inventory = context.getBean(Inventory.class);
            assertThatThrownBy(() -> inventory.strict(new FileNotFoundException()))
                    .isInstanceOf(FileNotFoundException.class);
            assertThat(inventory.strict(new IOException())).isEqualTo("lenient");
        });
    }

    @Test
    void whenAnInstanceIsSwitchedOff_thenTheFailureStands() {
        runner.withPropertyValues("resilience.fallback.instances.stock.enabled=false")
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(Inventory.class).find("a", new IOException("down")))
                        .isInstanceOf(IOException.class));
    }

    @Test
    void whenTheNameOfTheMethodIsAPlaceholder_thenItIsResolved() {
        runner.withBean("configured", Configured.class)
                .withPropertyValues("degraded.answer=second")
                .run(context ->
                        assertThat(context.getBean(Configured.class).find()).isEqualTo("second"));
        runner.withBean("configured", Configured.class)
                .run(context ->
                        assertThat(context.getBean(Configured.class).find()).isEqualTo("first"));
    }

    @Test
    void whenTwoFallbacksDoNotFit_thenTheStartIsRefusedNamingBoth() {
        runner.withBean("wrong", Wrong.class).run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure())
                    .isInstanceOf(InvalidResilienceException.class)
                    .hasMessageContaining("No method 'nowhere' of Wrong can answer for Wrong.one(String)")
                    .hasMessageContaining("String nowhere(String id, Throwable failure)")
                    .hasMessageContaining("'int number()' does not return String");
        });
    }

    @Test
    void whenListedAndIgnoredContradict_thenTheStartIsRefused() {
        runner.withPropertyValues(
                        "resilience.fallback.instances.stock.exceptions=java.io.FileNotFoundException",
                        "resilience.fallback.instances.stock.ignore-exceptions=java.io.IOException")
                .run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(context.getStartupFailure())
                            .hasMessageContaining("exceptions and ignore-exceptions contradict each other");
                });
    }

    @Test
    void whenAnExceptionDoesNotExist_thenTheStartIsRefused() {
        runner.withPropertyValues("resilience.fallback.instances.stock.exceptions=java.io.NoSuchThing")
                .run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(context.getStartupFailure()).hasMessageContaining("java.io.NoSuchThing");
                });
    }

    @Test
    void whenFallbacksGoRound_thenTheStartIsRefusedOnceWithTheChain() {
        runner.withBean("circle", FallbackChainTests.Circle.class).run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure())
                    .isInstanceOfSatisfying(
                            InvalidResilienceException.class,
                            refusal -> assertThat(refusal.problems())
                                    .singleElement()
                                    .satisfies(problem -> assertThat(problem.what())
                                            .matches("The fallbacks go round in a circle: (\\S+) -> \\S+ -> \\1")));
        });
    }

    @Test
    void whenAnnotatedOnTheClass_thenItsFallbacksAreNotTheirOwn() {
        runner.withBean("all", FallbackBindingTests.OnClass.class).run(context -> {
            FallbackBindingTests.OnClass all = context.getBean(FallbackBindingTests.OnClass.class);
            assertThat(all.name()).isEqualTo("IOException");
            assertThat(all.text(1)).isEqualTo("text 1");
            assertThatThrownBy(() -> all.instead(null)).isInstanceOf(NullPointerException.class);
        });
    }

    @Test
    void whenTheBeanIsOnlyAnInterface_thenADefaultMethodOrAnotherRemoteOneAnswers() {
        runner.withBean("client", Client.class, () -> (Client) Proxy.newProxyInstance(
                        Client.class.getClassLoader(), new Class<?>[] {Client.class}, (proxy, method, arguments) -> {
                            if (method.getName().equals("fromCopy")) {
                                return "copy of " + arguments[0];
                            }
                            throw new IOException(method.getName());
                        }))
                .run(context -> {
                    Client client = context.getBean(Client.class);
                    assertThat(client.get("a")).isEqualTo("without server: a");
                    assertThat(client.read("a")).isEqualTo("copy of a");
                });
    }

    static class Inventory {

        @Fallback(value = "stock", method = "findInstead")
        public String find(String id, Exception failure) throws Exception {
            if (failure != null) {
                throw failure;
            }
            return id;
        }

        private String findInstead(String id, Exception argument, Throwable failure) {
            return "instead of " + id + ": " + failure.getMessage();
        }

        @Fallback(method = "laterInstead")
        CompletableFuture<String> later(String id) {
            return CompletableFuture.failedFuture(new IOException());
        }

        private String laterInstead(String id) {
            return "later " + id;
        }

        @Fallback(bean = "cache", method = "read")
        String elsewhere(String id) {
            throw new IllegalStateException("down");
        }

        @Fallback(method = "second")
        String chain() {
            throw new IllegalStateException("first");
        }

        @Fallback(method = "third")
        private String second() {
            throw new IllegalStateException("second");
        }

        private String third() {
            return "last resort";
        }

        @Fallback(method = "strictInstead", ignoreExceptions = FileNotFoundException.class)
        String strict(Exception failure) throws Exception {
            throw failure;
        }

        private String strictInstead() {
            return "lenient";
        }
    }

    static class Cache {

        @Fallback(method = "empty")
        public String read(String id) {
            throw new IllegalStateException("empty");
        }

        private String empty(String id) {
            return "cache empty: " + id;
        }
    }

    static class Configured {

        @Fallback(method = "${degraded.answer:first}")
        String find() {
            throw new IllegalStateException("down");
        }

        private String first() {
            return "first";
        }

        private String second() {
            return "second";
        }
    }

    static class Wrong {

        @Fallback(method = "nowhere")
        String one(String id) {
            return id;
        }

        @Fallback(method = "number")
        String two(String id) {
            return id;
        }

        private int number() {
            return 2;
        }
    }

    interface Client {

        @Fallback(method = "withoutServer")
        String get(String id) throws IOException;

        @Fallback(method = "fromCopy")
        String read(String id) throws IOException;

        String fromCopy(String id) throws IOException;

        default String withoutServer(String id, IOException failure) {
            return "without server: " + id;
        }
    }
}
