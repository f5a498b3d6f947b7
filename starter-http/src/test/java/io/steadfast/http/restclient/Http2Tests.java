package io.steadfast.http.restclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/** HTTP/2 by the JDK's client, which asks for it with its first request. */
class Http2Tests {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void whenTheClientSpeaksHttp2_thenItIsGuardedLikeAnyOther() {
        AtomicInteger requests = new AtomicInteger();
        DisposableServer server = HttpServer.create()
                .protocol(HttpProtocol.H2C, HttpProtocol.HTTP11)
                .handle((request, response) -> response.status(requests.incrementAndGet() < 3 ? 503 : 200)
                        .sendString(Mono.just(request.version() + " " + requests)))
                .bindNow(LONG);
        String url = "http://localhost:" + server.port();
        try {
            HttpScene.withoutWaiting().withPropertyValues(HttpScene.stock(url)).run(context -> {
                RestClient client = context.getBean(RestClient.Builder.class)
                        .requestFactory(new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                                .version(HttpClient.Version.HTTP_2)
                                .build()))
                        .build();
                assertThat(client.get().uri(url + "/").retrieve().body(String.class))
                        .isEqualTo("HTTP/2.0 3");
            });
        } finally {
            server.disposeNow(LONG);
        }
    }
}
