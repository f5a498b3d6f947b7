package io.steadfast.http.inbound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.steadfast.test.ManualTicker;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An application on a free port, asked over real sockets. Its deadlines go by a clock that stands still. */
public final class TestServer implements AutoCloseable {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ConfigurableApplicationContext context;

    private TestServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static TestServer start(WebApplicationType type, Class<?> application, String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("server.port=0");
        all.add("spring.main.banner-mode=off");
        all.add("logging.level.root=error");
        return new TestServer(new SpringApplicationBuilder(application, ManualTicker.class)
                .web(type)
                .properties(all.toArray(String[]::new))
                .run());
    }

    public ManualTicker ticker() {
        return context.getBean(ManualTicker.class);
    }

    public double expired(String outcome) {
        return context.getBean(MeterRegistry.class)
                .get(HttpMeter.EXPIRED.meterName())
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    /** Says that the application is ready for traffic, or not. */
    public void becomes(ReadinessState state) {
        AvailabilityChangeEvent.publish(context, state);
    }

    /** Header names and values in turns. */
    public HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException down) {
            throw new UncheckedIOException(down);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
