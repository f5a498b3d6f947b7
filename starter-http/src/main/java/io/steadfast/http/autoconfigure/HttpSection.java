package io.steadfast.http.autoconfigure;

/** All keys there are under {@code resilience.http}, whether there is a server or not. */
final class HttpSection extends HttpProperties {

    private final InboundProperties inbound = new InboundProperties();

    public InboundProperties getInbound() {
        return inbound;
    }
}
