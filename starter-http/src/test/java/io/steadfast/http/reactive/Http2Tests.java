package io.steadfast.http.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/** HTTP/2 without TLS, known beforehand. */
class Http2Tests {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void whenClientSpeaksHttp2_thenItIsGuardedLikeAnyOther() {
        AtomicInteger requests = new AtomicInteger();
        DisposableServer server = HttpServer.create()
                .protocol(HttpProtocol.H2C)
                .handle((request, response) -> response.status(requests.incrementAndGet() < 3 ? 503 : 200)
                        .sendString(Mono.just(request.version() + " " + requests)))
                .bindNow(LONG);
        try (WebClientScene scene = sceneAt(server.port())) {
            assertThat(client(scene, server.port())
                            .get()
                            .uri("/")
                            .retrieve()
                            .bodyToMono(String.class)
                            .block(LONG))
                    .isEqualTo("HTTP/2.0 3");
        } finally {
            server.disposeNow(LONG);
        }
    }

    @Test
    void whenServerRefusesTheStream_thenTheRequestNeverLeftAndIsRepeatedWhateverItIs() throws Exception {
        AtomicInteger streams = new AtomicInteger();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Channel server = refusingOnce(group, streams).bind(0).sync().channel();
        int port = ((java.net.InetSocketAddress) server.localAddress()).getPort();
        try (WebClientScene scene = sceneAt(port)) {
            client(scene, port)
                    .post()
                    .uri("/")
                    .bodyValue("seven")
                    .retrieve()
                    .toBodilessEntity()
                    .block(LONG);
            assertThat(streams).hasValue(2);
        } finally {
            server.close().sync();
            group.shutdownGracefully();
        }
    }

    private static WebClientScene sceneAt(int port) {
        return WebClientScene.of(
                WebClientScene.Plain.class,
                "resilience.http.clients.modern.base-url=http://localhost:" + port,
                "resilience.retry.instances.modern.max-attempts=3");
    }

    private static WebClient client(WebClientScene scene, int port) {
        return scene.bean(WebClient.Builder.class)
                .baseUrl("http://localhost:" + port)
                .clientConnector(
                        new ReactorClientHttpConnector(HttpClient.create().protocol(HttpProtocol.H2C)))
                .build();
    }

    private static ServerBootstrap refusingOnce(EventLoopGroup group, AtomicInteger streams) {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(Http2FrameCodecBuilder.forServer().build(), new Server(streams));
                    }
                });
    }

    /** Refuses the first stream it sees, and answers the others. */
    private static final class Server extends ChannelInboundHandlerAdapter {

        private final AtomicInteger streams;

        Server(AtomicInteger streams) {
            this.streams = streams;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            boolean begins = message instanceof Http2HeadersFrame;
            boolean ends = message instanceof Http2DataFrame data && data.isEndStream();
            if (begins && streams.incrementAndGet() == 1) {
                context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM)
                        .stream(((Http2StreamFrame) message).stream()));
            } else if (ends && streams.get() > 1) {
                context.writeAndFlush(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("200"), true)
                        .stream(((Http2StreamFrame) message).stream()));
            }
            ReferenceCountUtil.release(message);
        }
    }
}
