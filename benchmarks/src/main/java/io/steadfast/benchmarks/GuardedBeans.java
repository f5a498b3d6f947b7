package io.steadfast.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import org.springframework.context.ApplicationContext;

/** Many classes of ten guarded methods each, written and compiled for each side from one pattern. */
final class GuardedBeans {

    static final String APPLICATION = "guarded.Application";

    static final String METHOD = "find";

    private static final int A_CLASS = 10;

    private static final String NOBODY = "";

    private GuardedBeans() {}

    /** Whose annotations and starter an application has. */
    enum Side {
        FLOOR("nobody", NOBODY, NOBODY, List.of(Contexts.STEADFAST, Contexts.RESILIENCE4J)),
        STEADFAST("Steadfast", NOBODY, """
                @io.steadfast.fallback.Fallback(value = "NAME", method = "instead")
                @io.steadfast.retry.Retry("NAME")
                @io.steadfast.circuitbreaker.CircuitBreaker("NAME")
                @io.steadfast.ratelimiter.RateLimiter("NAME")
                @io.steadfast.bulkhead.Bulkhead("NAME")
                """, List.of(Contexts.RESILIENCE4J)),
        RESILIENCE4J("resilience4j's starter", NOBODY, """
                @io.github.resilience4j.retry.annotation.Retry(name = "NAME", fallbackMethod = "instead")
                @io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker(name = "NAME")
                @io.github.resilience4j.ratelimiter.annotation.RateLimiter(name = "NAME")
                @io.github.resilience4j.bulkhead.annotation.Bulkhead(name = "NAME")
                """, List.of(Contexts.STEADFAST)),
        SPRING(
                "Spring's two annotations",
                "@org.springframework.resilience.annotation.EnableResilientMethods",
                """
                @org.springframework.resilience.annotation.Retryable
                @org.springframework.resilience.annotation.ConcurrencyLimit(10)
                """,
                List.of(Contexts.STEADFAST, Contexts.RESILIENCE4J));

        private final String title;

        private final String switchedOnBy;

        private final String annotations;

        private final List<String> unwanted;

        Side(String title, String switchedOnBy, String annotations, List<String> unwanted) {
            this.title = title;
            this.switchedOnBy = switchedOnBy;
            this.annotations = annotations;
            this.unwanted = unwanted;
        }

        String title() {
            return title;
        }

        /** The packages whose auto-configurations are left out. */
        List<String> unwanted() {
            return unwanted;
        }
    }

    /** An application with that many guarded methods. */
    static void compile(Side side, int methods, Path folder) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("guarded"));
        List<String> files = new ArrayList<>();
        StringBuilder names = new StringBuilder();
        for (int first = 0; first < methods; first += A_CLASS) {
            String name = "Stock" + first;
            files.add(write(sources, name, source(side, name, first, Math.min(methods, first + A_CLASS))));
            names.append(names.isEmpty() ? "" : ", ").append(name).append(".class");
        }
        files.add(write(sources, "Application", """
                package guarded;
                @org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
                @org.springframework.boot.autoconfigure.EnableAutoConfiguration
                %s
                @org.springframework.context.annotation.Import({%s})
                public class Application {}
                """.formatted(side.switchedOnBy, names)));
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "needs a JDK, not a JRE");
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-parameters",
                "-nowarn",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString()));
        arguments.addAll(files);
        if (compiler.run(null, System.err, System.err, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("The beans of " + side + " do not compile");
        }
    }

    private static String write(Path folder, String name, String source) throws IOException {
        return Files.writeString(folder.resolve(name + ".java"), source).toString();
    }

    private static String source(Side side, String name, int first, int end) {
        StringBuilder source = new StringBuilder("package guarded;\npublic class " + name + " {\n");
        for (int i = first; i < end; i++) {
            source.append(side.annotations.replace("NAME", "call" + i))
                    .append("public String " + METHOD + i + "(String id) { return id; }\n");
        }
        return source.append("public String instead(String id, Throwable failure) { return \"none\"; }\n}\n")
                .toString();
    }

    static List<Object> of(ApplicationContext context) {
        return context.getBeansOfType(Object.class).values().stream()
                .filter(bean -> bean.getClass().getName().startsWith("guarded.Stock"))
                .toList();
    }
}
