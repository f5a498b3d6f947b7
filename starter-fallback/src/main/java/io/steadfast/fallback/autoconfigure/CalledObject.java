package io.steadfast.fallback.autoconfigure;

import io.steadfast.core.Call;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;

/** The object that was called, without its proxies: those override neither private methods nor have fields of their own. */
enum CalledObject implements Receiver {
    INSTANCE;

    @Override
    public Object of(Call call) {
        MethodInvocation invocation = (MethodInvocation) call.invocation();
        Object called = invocation.getThis();
        if (called instanceof Advised) {
            return AopProxyUtils.ultimateSingletonTarget(called);
        }
        if (called == null && invocation instanceof ProxyMethodInvocation proxied) {
            return proxied.getProxy(); // an interface with nothing behind it but interceptors
        }
        if (called == null) {
            throw new IllegalStateException("The invocation of " + call + " has no object to fall back to");
        }
        return called;
    }
}
