package io.steadfast.spring;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Finds singletons that are annotated but never came by: made too early, or not by Spring. */
final class UnguardedBeans {

    private final ConfigurableListableBeanFactory beans;

    private final BeanGuards guards;

    private final StartupReport report;

    UnguardedBeans(ConfigurableListableBeanFactory beans, BeanGuards guards, StartupReport report) {
        this.beans = beans;
        this.guards = guards;
        this.report = report;
    }

    void reportAll(GuardPostProcessor postProcessor) {
        for (String name : beans.getSingletonNames()) {
            Object bean = postProcessor.hasSeen(name) ? null : beans.getSingleton(name);
            if (bean != null && !(bean instanceof AopInfrastructureBean)) {
                report(name, guards.firstAnnotated(BeanMethods.userClass(bean), name));
            }
        }
        postProcessor.forgetSeen();
    }

    private void report(String beanName, @Nullable Method annotated) {
        if (annotated != null) {
            report.add(new StartupProblem(
                    "A method is annotated, but its bean was made where nothing can guard it",
                    annotated.toGenericString() + " of bean '" + beanName + "'",
                    "Let Spring make the bean, and not as part of a BeanPostProcessor, a BeanFactoryPostProcessor or a "
                            + "policy provider; inject it lazily there."));
        }
    }
}
