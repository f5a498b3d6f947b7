package io.steadfast.failover.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;

import io.steadfast.core.Instance;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.ServiceInstance;

class PooledServiceInstanceTests {

    @Test
    void whenAnInstanceIsOfAList_thenItSpeaksSpringCloud() {
        URI uri = URI.create("https://a.example:8443/api");
        ServiceInstance instance =
                new PooledServiceInstance(new Instance("goods", "one", uri, 1, null, Map.of("rack", "7")));

        assertThat(instance.getServiceId()).isEqualTo("goods");
        assertThat(instance.getInstanceId()).isEqualTo("one");
        assertThat(instance.getUri()).isEqualTo(uri);
        assertThat(instance.getHost()).isEqualTo("a.example");
        assertThat(instance.getPort()).isEqualTo(8443);
        assertThat(instance.getScheme()).isEqualTo("https");
        assertThat(instance.isSecure()).isTrue();
        assertThat(instance.getMetadata()).containsEntry("rack", "7");
    }

    @Test
    void whenAnAddressHasNoPort_thenItIsTheSchemes() {
        assertThat(port("http://a")).isEqualTo(80);
        assertThat(port("HTTPS://a")).isEqualTo(443);
    }

    private static int port(String uri) {
        return new PooledServiceInstance(Instance.of("goods", URI.create(uri))).getPort();
    }
}
