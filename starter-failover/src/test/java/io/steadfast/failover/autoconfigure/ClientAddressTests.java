package io.steadfast.failover.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.steadfast.core.Call;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.failover.FailoverKey;
import io.steadfast.failover.PickerType;
import io.steadfast.failover.autoconfigure.FailoverProperties.Settings;
import io.steadfast.spring.GuardedMethod;
import io.steadfast.spring.PolicyRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The keys of calls, by expression and by the client of the request that is being served. */
class ClientAddressTests {

    @AfterEach
    void endRequest() {
        RequestContextHolder.resetRequestAttributes();
    }

    @Test
    void whenARequestIsServed_thenItsClientIsTheKeyOfIpHash() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr("192.0.2.7");
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));

        assertThat(key(settings -> settings.setPicker(PickerType.IP_HASH)).keyOf(Call.of("stock", "4711")))
                .isEqualTo("192.0.2.7");
    }

    @Test
    void whenNoRequestIsServed_thenThereIsNoKey() {
        assertThat(key(settings -> settings.setPicker(PickerType.IP_HASH)).keyOf(Call.of("stock", "4711")))
                .isNull();
    }

    @Test
    void whenAnExpressionIsGiven_thenItIsTheKey() {
        assertThat(key(settings -> {
                            settings.setPicker(PickerType.IP_HASH);
                            settings.setKey(" #product ");
                        })
                        .keyOf(Call.of("stock", "4711")))
                .isEqualTo("4711");
    }

    @Test
    void whenThePickerGoesByNoKey_thenThereIsNone() {
        assertThat(key(settings -> {})).isNull();
    }

    private static FailoverKey key(Consumer<Settings> change) {
        Settings settings = new Settings();
        change.accept(settings);
        Map<Class<?>, Object> facts = new FailoverPolicyProvider()
                .traits(new PolicyRequest<>(
                        new PolicyId("failover", "stock"),
                        settings,
                        null,
                        new GuardedMethod("stock", Stock.class, Stock.class.getDeclaredMethods()[0]),
                        PolicyRuntime.system(),
                        new DefaultListableBeanFactory(),
                        (beanName, beanClass, method, plain) -> plain));
        return (FailoverKey) facts.get(FailoverKey.class);
    }

    interface Stock {

        List<String> left(String product);
    }
}
