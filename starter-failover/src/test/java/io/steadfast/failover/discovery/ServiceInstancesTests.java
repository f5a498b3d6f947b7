package io.steadfast.failover.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.steadfast.core.Instance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;

@ExtendWith(OutputCaptureExtension.class)
class ServiceInstancesTests {

    private final ServiceInstances instances = new ServiceInstances();

    @Test
    void whenARegistryAnswers_thenItsMetadataAreZoneAndWeight() {
        ServiceInstance one = instance("one", Map.of("zone", "a", "weight", "3", "rack", "7"));

        assertThat(instances.remember("goods", List.of(one)))
                .containsExactly(new Instance(
                        "goods",
                        "one",
                        URI.create("http://10.0.0.1:8080"),
                        3,
                        "a",
                        Map.of("zone", "a", "weight", "3", "rack", "7")));
        assertThat(instances.find("goods", "one")).isSameAs(one);
    }

    @Test
    void whenAnInstanceHasNoId_thenItGoesByHostAndPort() {
        assertThat(instances.remember("goods", List.of(instance(null, Map.of()))))
                .extracting(Instance::id)
                .containsExactly("10.0.0.1:8080");
    }

    @Test
    void whenAWeightIsNone_thenItIsOneAndTheLogSaysSoOnce(CapturedOutput output) {
        for (String weight : List.of("heavy", "-2", "2.5")) {
            ServiceInstance wrong = instance("id" + weight, Map.of("weight", weight));
            instances.remember("goods", List.of(wrong));
            assertThat(instances.remember("goods", List.of(wrong)).get(0).weight())
                    .isEqualTo(1);
            assertThat(output.getAll().split("registered with the weight '" + weight, -1))
                    .hasSize(2);
        }
    }

    @Test
    void whenMetadataHaveNoValue_thenTheyAreLeftOut() {
        Map<String, String> metadata = new HashMap<>();
        metadata.put("zone", null);

        assertThat(instances
                        .remember("goods", List.of(instance("one", metadata)))
                        .get(0)
                        .metadata())
                .isEmpty();
    }

    @Test
    void whenARegistryAnswersNothing_thenWhatItSaidBeforeIsStillHandedOver() {
        ServiceInstance one = instance("one", Map.of());
        instances.remember("goods", List.of(one));

        assertThat(instances.remember("goods", List.of())).isEmpty();
        assertThat(instances.find("goods", "one")).isSameAs(one);
    }

    @Test
    void whenAnInstanceHasGone_thenItIsForgotten() {
        instances.remember("goods", List.of(instance("one", Map.of()), instance("two", Map.of())));
        instances.remember("goods", List.of(instance("two", Map.of())));

        assertThat(instances.find("goods", "one")).isNull();
        assertThat(instances.find("other", "two")).isNull();
    }

    private static ServiceInstance instance(String id, Map<String, String> metadata) {
        return new DefaultServiceInstance(id, "goods", "10.0.0.1", 8080, false, metadata);
    }

    @Test
    void whenOneInstanceMakesNoSense_thenTheOthersCount() {
        ServiceInstance nowhere = new DefaultServiceInstance("nowhere", "goods", "10.0.0.9", 80, false) {
            @Override
            public URI getUri() {
                throw new IllegalArgumentException("Malformed escape pair at index 9: http://10%zz:80");
            }
        };

        assertThat(instances.remember("goods", Arrays.asList(nowhere, null, instance("one", Map.of()))))
                .extracting(Instance::id)
                .containsExactly("one");
    }
}
