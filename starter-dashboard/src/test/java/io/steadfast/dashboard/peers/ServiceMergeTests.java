package io.steadfast.dashboard.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What instances say, added up; also what they should not have said. */
class ServiceMergeTests {

    private final ServiceMerge merge = new ServiceMerge(17, "shop");

    @Test
    void whenSeveralInstancesAnswer_thenCountsAreSums_andFiguresAreTheWorst() {
        answer("a", """
                {"name":"stock","severity":1,"trouble":"retries","since":200,"rate":1.5,
                 "outcomes":{"answered":[1,2,3]},"refusedBy":{"bulkhead":2},"latency":{"p50":3.0,"p99":9.5}}""");
        answer("b", """
                {"name":"stock","severity":3,"trouble":"open","since":100,"rate":2.25,
                 "outcomes":{"answered":[10,20],"failed":[0,7]},"refusedBy":{"bulkhead":1,"timeout":4},
                 "latency":{"p50":4.0,"p99":8.0}}""");

        DocumentContext call = call("stock");

        assertThat(call.<Double>read("$.rate")).isEqualTo(3.75);
        assertThat(call.<Integer>read("$.severity")).isEqualTo(3);
        assertThat(call.<String>read("$.trouble")).isEqualTo("open");
        assertThat(call.<Integer>read("$.since")).isEqualTo(100);
        assertThat(call.<List<Integer>>read("$.outcomes.answered")).containsExactly(1, 12, 23);
        assertThat(call.<List<Integer>>read("$.outcomes.failed")).containsExactly(0, 7);
        assertThat(call.<Integer>read("$.refusedBy.bulkhead")).isEqualTo(3);
        assertThat(call.<Integer>read("$.refusedBy.timeout")).isEqualTo(4);
        assertThat(call.<Double>read("$.latency.p50")).isEqualTo(4.0);
        assertThat(call.<Double>read("$.latency.p99")).isEqualTo(9.5);
        assertThat(call.<Integer>read("$.instances.a.severity")).isEqualTo(1);
        assertThat(call.<String>read("$.instances.b.trouble")).isEqualTo("open");
    }

    @Test
    void whenNothingIsWrongAnywhere_thenThereIsNoTrouble_andNoLatencyWithoutCalls() {
        answer("a", "{\"name\":\"stock\",\"severity\":0,\"trouble\":null,\"since\":null,\"latency\":null}");

        DocumentContext call = call("stock");

        assertThat(call.<Object>read("$.trouble")).isNull();
        assertThat(call.<Object>read("$.since")).isNull();
        assertThat(call.<Object>read("$.latency")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"stock\"}",
                "{\"name\":\"stock\",\"rate\":\"many\",\"severity\":{},\"trouble\":[1],\"since\":\"now\"}",
                "{\"name\":\"stock\",\"rate\":1e999,\"severity\":-7,\"latency\":{\"p50\":1e999,\"p99\":-4}}",
                "{\"name\":\"stock\",\"outcomes\":{\"answered\":{\"a\":1},\"/x/y\":[1],\"failed\":\"7\",\"/\":null}}",
                "{\"name\":\"stock\",\"outcomes\":[1],\"refusedBy\":7,\"latency\":\"fast\",\"policies\":{\"a\":1}}",
                "{\"name\":\"stock\",\"policies\":[null,7,\"x\"],\"refusedBy\":{\"bulkhead\":[1]}}"
            })
    void whenAnInstanceSendsNonsense_thenWhatTheOthersSayIsAsItWas(String nonsense) {
        answer("bad", nonsense);
        answer("good", """
                {"name":"stock","severity":2,"trouble":"slow","since":100,"rate":2.0,"outcomes":{"answered":[1,2]},
                 "refusedBy":{"bulkhead":5},"latency":{"p50":1.0,"p99":2.0},"policies":[{"policy":"bulkhead"}]}""");

        DocumentContext call = call("stock");

        assertThat(call.<Double>read("$.rate")).isEqualTo(2.0);
        assertThat(call.<Integer>read("$.severity")).isEqualTo(2);
        assertThat(call.<String>read("$.trouble")).isEqualTo("slow");
        assertThat(call.<List<Integer>>read("$.outcomes.answered")).endsWith(1, 2);
        assertThat(call.<Integer>read("$.refusedBy.bulkhead")).isEqualTo(5);
        assertThat(call.<Double>read("$.latency.p99")).isEqualTo(2.0);
        assertThat(call.<List<Object>>read("$.instances.bad.policies")).isEmpty();
        assertThat(call.<List<Object>>read("$.instances.good.policies")).hasSize(1);
    }

    @Test
    void whenAnInstanceExaggerates_thenSeverityAndCountsStayWithinWhatThePageCanShow() {
        answer(
                "a",
                "{\"name\":\"stock\",\"severity\":99,\"rate\":1e300,\"outcomes\":{\"failed\":["
                        + "9223372036854775807,".repeat(99) + "9223372036854775807]}}");
        answer("b", "{\"name\":\"stock\",\"outcomes\":{\"failed\":[9223372036854775807]}}");

        DocumentContext call = call("stock");

        assertThat(call.<Integer>read("$.severity")).isEqualTo(3);
        assertThat(call.<List<Long>>read("$.outcomes.failed"))
                .hasSize(60)
                .allSatisfy(count -> assertThat(count).isPositive().isLessThan(1L << 53));
    }

    @Test
    void whenCallsHaveNoName_thenTheyAreLeftOut() {
        merge.add(
                "a", "http://a", PeerReply.of(json("{\"calls\":[7,null,{},{\"name\":3},{\"name\":\"stock\"}]}"), null));

        assertThat(JsonPath.parse(merge.toString()).<List<String>>read("$.calls[*].name"))
                .containsExactly("stock");
    }

    @Test
    void whenTwoInstancesHaveOneName_thenTheirAddressesTellThemApart() {
        merge.add("shop", "http://a", PeerReply.failure("no connection"));
        merge.add("shop", "http://b", PeerReply.of(json("{\"calls\":[]}"), null));

        DocumentContext view = JsonPath.parse(merge.toString());

        assertThat(view.<List<String>>read("$.instances[*].id")).containsExactly("shop", "shop (http://b)");
        assertThat(view.<List<Boolean>>read("$.instances[*].reachable")).containsExactly(false, true);
        assertThat(view.<String>read("$.instances[0].error")).isEqualTo("no connection");
    }

    private void answer(String instance, String call) {
        merge.add(instance, "http://" + instance, PeerReply.of(json("{\"calls\":[" + call + "]}"), null));
    }

    private DocumentContext call(String name) {
        List<Object> found = JsonPath.parse(merge.toString()).read("$.calls[?(@.name == '" + name + "')]");
        return JsonPath.parse(found.get(0));
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }
}
