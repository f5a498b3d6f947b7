package io.steadfast.spring;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.AdvisedSupport;
import org.springframework.aop.framework.AdvisedSupportListener;
import org.springframework.aop.framework.ProxyCreatorSupport;

/**
 * Knows whether guards are the last advice of a proxy. Advice may still be added after the guards have been; the proxy says
 * so, and then the answer changes.
 */
final class ChainEnd implements AdvisedSupportListener {

    /** For proxies that do not tell when advice is added: always copy. */
    static final ChainEnd UNKNOWN = new ChainEnd();

    private volatile boolean reached;

    private ChainEnd() {}

    static ChainEnd of(ProxyCreatorSupport proxy) {
        ChainEnd end = new ChainEnd();
        end.adviceChanged(proxy);
        proxy.addListener(end);
        return end;
    }

    boolean isReached() {
        return reached;
    }

    @Override
    public void activated(AdvisedSupport advised) {
        adviceChanged(advised);
    }

    @Override
    public void adviceChanged(AdvisedSupport advised) {
        boolean guardSeen = false;
        boolean last = true;
        for (Advisor advisor : advised.getAdvisors()) {
            boolean guard = advisor instanceof GuardAdvisor;
            guardSeen |= guard;
            last &= guard || !guardSeen;
        }
        reached = last;
    }
}
