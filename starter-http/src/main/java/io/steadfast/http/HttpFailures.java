package io.steadfast.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.steadfast.core.CallRejectedException;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.FailureFilter;
import org.jspecify.annotations.Nullable;

/**
 * What exceptions without an answer say: whether the request ever left, and whether they are about a connection at all. Looks down the
 * chain of causes. Clients that may be absent are known by the names of their classes.
 */
final class HttpFailures {

    /** Longer cause chains than this are taken to be cyclic. */
    private static final int MAX_CAUSES = 64;

    /** Thrown before a connection is there: nothing can have been sent over it. */
    private static final Set<String> NO_CONNECTION = Set.of(
            "org.apache.hc.client5.http.ConnectTimeoutException",
            "org.apache.hc.client5.http.HttpHostConnectException",
            "org.apache.hc.core5.http.ConnectionRequestTimeoutException",
            "org.apache.hc.core5.util.DeadlineTimeoutException",
            "io.netty.channel.ConnectTimeoutException",
            "io.netty.resolver.dns.DnsErrorCauseException",
            "reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException",
            "reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException");

    /** Thrown by HTTP clients when there is no answer, whatever the reason. */
    private static final Set<String> NO_ANSWER = Set.of(
            "org.springframework.web.client.ResourceAccessException",
            "org.springframework.web.reactive.function.client.WebClientRequestException",
            "feign.RetryableException");

    /** Whatever they throw is about a connection. TLS is told by name too: it is no part of {@code java.*}. */
    private static final Pattern PORT = Pattern.compile(":(\\d{1,5})\\b");

    private static final List<String> CLIENTS = List.of(
            "javax.net.ssl.", "io.netty.", "reactor.netty.", "org.apache.hc.", "org.eclipse.jetty.", "okhttp3.");

    private HttpFailures() {}

    /**
     * Whether the request cannot have reached a server, or the server says that it has not looked at it.
     *
     * @param uri where it went: if the failure names another place, the request has been there and was sent on
     */
    static boolean neverLeft(Throwable failure, @Nullable URI uri) {
        Throwable found = find(failure, HttpFailures::isBeforeConnection);
        return found != null && (uri == null || !namesOtherPlace(found, uri));
    }

    private static boolean namesOtherPlace(Throwable failure, URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        Matcher named = PORT.matcher(message(failure));
        boolean any = false;
        while (named.find()) {
            any = true;
            if (named.group(1).equals(Integer.toString(port))) {
                return false;
            }
        }
        return any;
    }

    /**
     * Whether a connection failed, or time ran out.
     *
     * @param exchanging whether HTTP requests were made: then any input or output that failed is taken for theirs
     */
    static boolean isOfConnection(Throwable failure, boolean exchanging) {
        return find(failure, link -> isOfConnectionItself(link, exchanging)) != null;
    }

    static boolean isRefusal(Throwable failure) {
        return find(failure, CallRejectedException.class::isInstance) != null;
    }

    /** The first of the failure and its causes for which something holds. */
    static @Nullable Throwable find(Throwable failure, Predicate<Throwable> wanted) {
        Throwable link = failure;
        for (int depth = 0; link != null && depth < MAX_CAUSES; depth++) {
            if (wanted.test(link)) {
                return link;
            }
            link = FailureFilter.causeOf(link);
        }
        return null;
    }

    private static boolean isBeforeConnection(Throwable link) {
        return link instanceof ConnectException
                || link instanceof NoRouteToHostException
                || link instanceof PortUnreachableException
                || link instanceof UnknownHostException
                || link instanceof UnresolvedAddressException
                || link instanceof HttpConnectTimeoutException
                || NO_CONNECTION.contains(link.getClass().getName())
                || isToldByText(link);
    }

    /** Some clients have no class of their own for a connection that is not made in time, or for a stream that is refused. */
    private static boolean isToldByText(Throwable link) {
        boolean http2 = link.getClass().getName().contains("Http2Exception")
                || link.getClass().getName().contains("StreamResetException");
        if (!(link instanceof IOException || http2)) {
            return false;
        }
        String message = message(link);
        if (link instanceof SocketTimeoutException) {
            return message.startsWith("connect timed out");
        }
        return message.contains("refused_stream")
                || message.contains("rst_stream")
                        && (message.contains("refused stream") || message.contains("not processed"));
    }

    private static boolean isOfConnectionItself(Throwable link, boolean exchanging) {
        String name = link.getClass().getName();
        if (link instanceof SocketException
                || link instanceof SocketTimeoutException
                || link instanceof UnknownHostException
                || link instanceof HttpTimeoutException
                || link instanceof UnresolvedAddressException
                || link instanceof ClosedChannelException
                || NO_ANSWER.contains(name)
                || CLIENTS.stream().anyMatch(name::startsWith)) {
            return true;
        }
        return exchanging
                && (link instanceof TimeoutException
                        || link instanceof CallTimeoutException
                        || link instanceof IOException
                                && !(link instanceof FileSystemException)
                                && !name.startsWith("com.fasterxml.jackson."));
    }

    private static String message(Throwable link) {
        try {
            return String.valueOf(link.getMessage()).toLowerCase(Locale.ROOT);
        } catch (RuntimeException broken) {
            return "";
        }
    }
}
