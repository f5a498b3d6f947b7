package io.steadfast.spring;

import java.lang.reflect.Method;

import org.aopalliance.aop.Advice;
import org.springframework.aop.Pointcut;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;

/**
 * Puts a guard around one method of one bean. The match is static, so the proxy decides it once per method and a call pays
 * for nothing but the interceptor.
 */
final class GuardAdvisor implements PointcutAdvisor {

    private final GuardInterceptor advice;

    private final Pointcut pointcut;

    GuardAdvisor(Method guarded, GuardInterceptor advice) {
        this.advice = advice;
        this.pointcut = new StaticMethodMatcherPointcut() {
            @Override
            public boolean matches(Method method, Class<?> targetClass) {
                return method.equals(guarded)
                        || AopUtils.getMostSpecificMethod(method, targetClass).equals(guarded);
            }
        };
    }

    @Override
    public Pointcut getPointcut() {
        return pointcut;
    }

    @Override
    public Advice getAdvice() {
        return advice;
    }
}
