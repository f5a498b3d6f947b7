package io.steadfast.http.reactive;

import java.io.IOException;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.util.ClassUtils;
import reactor.netty.Connection;

/**
 * Lets Reactor Netty say that a server has refused an HTTP/2 stream, which means that it has not looked at the request (RFC 9113, section
 * 8.7): by itself it reports a connection that was closed, and a request that is not idempotent could not be repeated.
 */
final class RefusedStreams {

    private static final boolean NETTY =
            isPresent("reactor.netty.Connection") && isPresent("io.netty.handler.codec.http2.Http2StreamChannel");

    private RefusedStreams() {}

    /** Watches the stream that a request is about to be sent on. Does nothing with other clients, and over HTTP/1.1. */
    static void watch(ClientHttpRequest request) {
        if (NETTY) {
            Netty.watch(request.getNativeRequest());
        }
    }

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, RefusedStreams.class.getClassLoader());
    }

    /** Apart, because the classes may be absent. */
    private static final class Netty {

        static void watch(Object request) {
            if (request instanceof Connection connection && connection.channel() instanceof Http2StreamChannel) {
                connection.addHandlerLast(Watch.class.getName(), new Watch());
            }
        }
    }

    /** Belongs to one stream. */
    private static final class Watch extends ChannelInboundHandlerAdapter {

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof Http2ResetFrame reset && reset.errorCode() == Http2Error.REFUSED_STREAM.code()) {
                context.fireExceptionCaught(new IOException("The server has refused the stream (REFUSED_STREAM)"));
            } else {
                context.fireUserEventTriggered(event);
            }
        }
    }
}
