package io.steadfast.dashboard.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The shop behind a real server, and a browser before it. */
final class RunningShop implements AutoCloseable {

    /** Security is on the class path of this module; most tests are about applications without it. */
    private static final String WITHOUT_SECURITY = "--spring.autoconfigure.exclude="
            + "org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration";

    private final HttpClient browser = HttpClient.newHttpClient();

    private final ConfigurableApplicationContext context;

    private RunningShop(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningShop open(WebApplicationType stack, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(WITHOUT_SECURITY);
        return start(stack, List.of(Shop.class), all);
    }

    static RunningShop with(WebApplicationType stack, Class<?> configuration, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(WITHOUT_SECURITY);
        return start(stack, List.of(Shop.class, configuration), all);
    }

    static RunningShop secured(WebApplicationType stack, List<Class<?>> configuration, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--spring.security.user.name=alice");
        all.add("--spring.security.user.password=secret");
        List<Class<?>> sources = new ArrayList<>(configuration);
        sources.add(Shop.class);
        return start(stack, sources, all);
    }

    private static RunningShop start(WebApplicationType stack, List<Class<?>> sources, List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.add("--server.port=0");
        all.add("--spring.main.banner-mode=off");
        all.add("--spring.application.name=shop");
        all.add("--spring.cloud.compatibility-verifier.enabled=false");
        return new RunningShop(new SpringApplicationBuilder(sources.toArray(Class[]::new))
                .web(stack)
                .run(all.toArray(String[]::new)));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    int managementPort() {
        return context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(port(), path, headers).build());
    }

    HttpResponse<String> getAt(int port, String path) {
        return send(request(port, path).build());
    }

    HttpResponse<String> getAs(String user, String path) {
        return get(path, "Authorization", basic(user));
    }

    HttpResponse<String> getAs(int port, String user, String path) {
        return send(request(port, path, "Authorization", basic(user)).build());
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        return send(request(port(), path, headers)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** As the page does it. */
    HttpResponse<String> change(String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "application/json", "X-Steadfast", "dashboard"));
        all.addAll(List.of("Sec-Fetch-Site", "same-origin"));
        return post(path, body, all.toArray(String[]::new));
    }

    static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
    }

    static <T> T json(HttpResponse<String> response, String path) {
        return JsonPath.read(response.body(), path);
    }

    private static HttpRequest.Builder request(int port, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        for (int next = 0; next < headers.length; next += 2) {
            request.header(headers[next], headers[next + 1]);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return browser.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException broken) {
            throw new AssertionError("No answer to " + request, broken);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
