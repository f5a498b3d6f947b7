package io.steadfast.fallback.autoconfigure;

import io.steadfast.core.Call;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/** A bean that is looked up when it is first needed, so that beans may answer for each other in a circle of dependencies. */
final class OtherBean implements Receiver {

    private final BeanFactory beans;

    private final String name;

    private final Class<?> methodOwner;

    private volatile @Nullable Object singleton;

    OtherBean(BeanFactory beans, String name, Class<?> methodOwner) {
        this.beans = beans;
        this.name = name;
        this.methodOwner = methodOwner;
    }

    @Override
    public Object of(Call call) {
        Object known = singleton;
        return known == null ? lookUp() : known;
    }

    private Object lookUp() {
        Object bean = beans.getBean(name);
        if (!methodOwner.isInstance(bean)) {
            throw new IllegalStateException("Bean '" + name + "' is a proxy that is no " + methodOwner.getName()
                    + ", so its fallback method cannot be called. Declare the method in an interface of the bean, or "
                    + "set spring.aop.proxy-target-class to true.");
        }
        if (beans.isSingleton(name)) {
            singleton = bean;
        }
        return bean;
    }
}
