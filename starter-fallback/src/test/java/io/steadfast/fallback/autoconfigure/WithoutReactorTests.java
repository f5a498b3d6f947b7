package io.steadfast.fallback.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.steadfast.fallback.Fallback;
import io.steadfast.spring.autoconfigure.ResilienceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Reactor is optional: an application without it is guarded all the same. */
class WithoutReactorTests {

    @Test
    void whenReactorIsAbsent_thenFallbacksWork() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !entry.contains("reactor-") && !entry.contains("reactive-streams"))
                        .map(WithoutReactorTests::url)
                        .toArray(URL[]::new),
                ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> loader.loadClass("reactor.core.publisher.Mono"))
                    .isInstanceOf(ClassNotFoundException.class);
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                Callable<?> application = (Callable<?>) loader.loadClass(Application.class.getName())
                        .getConstructor()
                        .newInstance();
                assertThat(application.call()).isEqualTo("instead of a, later instead of b");
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    /** Runs in a class loader without Reactor. */
    public static final class Application implements Callable<String> {

        public Application() {}

        @Override
        public String call() {
            try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
                    ResilienceAutoConfiguration.class, FallbackAutoConfiguration.class, Inventory.class)) {
                Inventory inventory = context.getBean(Inventory.class);
                return inventory.find("a") + ", " + inventory.later("b").join();
            }
        }
    }

    static class Inventory {

        @Fallback(method = "findInstead")
        String find(String id) {
            throw new IllegalStateException("down");
        }

        @Fallback(method = "laterInstead")
        CompletableFuture<String> later(String id) {
            return CompletableFuture.failedFuture(new IllegalStateException("down"));
        }

        private String findInstead(String id, Throwable failure) {
            return "instead of " + id;
        }

        private CompletableFuture<String> laterInstead(String id) {
            return CompletableFuture.completedFuture("later instead of " + id);
        }
    }
}
