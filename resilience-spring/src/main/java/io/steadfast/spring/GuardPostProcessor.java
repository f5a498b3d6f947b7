package io.steadfast.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.ProxyProcessorSupport;
import org.springframework.beans.factory.BeanFactoryInitializer;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;

/**
 * Puts guards around beans. Brings its own proxying, so an annotation never waits for another library to be present.
 *
 * <p>Guards go outside all advice a bean has already ({@code @Transactional}, {@code @Cacheable}, aspects), so that each
 * attempt is a new transaction; {@code @Async}, whose processor runs later, goes outside the guards.
 */
public final class GuardPostProcessor extends ProxyProcessorSupport
        implements SmartInstantiationAwareBeanPostProcessor, BeanFactoryInitializer<ListableBeanFactory> {

    private final transient LazyGuards guards;

    private final transient Map<String, Object> early = new ConcurrentHashMap<>();

    private final transient Set<String> seen = ConcurrentHashMap.newKeySet();

    private transient volatile boolean remembers = true;

    /**
     * A processor.
     *
     * @param beans asked with the first annotated bean only, because post-processors are made before all else
     * @param proxyTargetClass whether to subclass beans even where their interfaces would do
     */
    public GuardPostProcessor(ListableBeanFactory beans, boolean proxyTargetClass) {
        this.guards = new LazyGuards(beans);
        setOrder(LOWEST_PRECEDENCE - 10);
        setProxyTargetClass(proxyTargetClass);
    }

    /** Assembles the guards before singletons are made, so that none of these is caught half made by it. */
    @Override
    public void initialize(ListableBeanFactory beans) {
        guards.assemble();
    }

    @Override
    public Object getEarlyBeanReference(Object bean, String beanName) {
        early.put(beanName, bean);
        return guard(bean, beanName);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return early.remove(beanName) == bean ? bean : guard(bean, beanName);
    }

    boolean hasSeen(String beanName) {
        return seen.contains(beanName);
    }

    /** The last question has been asked; beans that come by from now on need not be remembered. */
    void forgetSeen() {
        remembers = false;
        seen.clear();
    }

    private Object guard(Object bean, String beanName) {
        if (bean instanceof AopInfrastructureBean) {
            return bean;
        }
        BeanGuards ready = guards.forClass(BeanMethods.userClass(bean));
        if (ready == null) {
            return bean;
        }
        if (remembers) {
            seen.add(beanName);
        }
        if (isGuardedAlready(bean)) {
            return bean;
        }
        Map<Method, GuardCompiler.Guard> found = ready.of(bean, beanName);
        if (found.isEmpty()) {
            return bean;
        }
        if (bean instanceof Advised advised && !advised.isFrozen()) {
            addTo(advised, found, ChainEnd.UNKNOWN);
            return bean;
        }
        return proxy(bean, found);
    }

    private Object proxy(Object bean, Map<Method, GuardCompiler.Guard> found) {
        ProxyFactory factory = new ProxyFactory();
        factory.copyFrom(this);
        factory.setTarget(bean);
        if (Proxy.isProxyClass(bean.getClass()) || !factory.isProxyTargetClass()) {
            evaluateProxyInterfaces(bean.getClass(), factory);
        }
        addTo(factory, found, ChainEnd.of(factory));
        return factory.getProxy(getProxyClassLoader());
    }

    private static void addTo(Advised advised, Map<Method, GuardCompiler.Guard> found, ChainEnd chainEnd) {
        int position = 0;
        for (Map.Entry<Method, GuardCompiler.Guard> guard : found.entrySet()) {
            GuardInterceptor interceptor = new GuardInterceptor(guard.getValue().caller(chainEnd));
            advised.addAdvisor(position++, new GuardAdvisor(guard.getKey(), interceptor));
        }
    }

    private static boolean isGuardedAlready(Object bean) {
        return bean instanceof Advised advised
                && Arrays.stream(advised.getAdvisors()).anyMatch(GuardAdvisor.class::isInstance);
    }
}
