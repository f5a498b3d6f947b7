package io.steadfast.spring.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.steadfast.core.Call;
import io.steadfast.core.InvalidSettingsException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.expression.EvaluationException;

class KeyExpressionTests {

    private static final Customer ANN = new Customer("ann", new Tenant("acme"), Map.of("plan", "gold"));

    private static Object key(String expression, Object... arguments) {
        return prepare(expression).keyOf(Call.of("shop", arguments));
    }

    private static CallKey prepare(String expression) {
        return KeyExpression.of(expression, method("order"), Shop.class);
    }

    private static Method method(String name) {
        return Arrays.stream(Shop.class.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whenAKeyIsAnArgument_thenItIsTakenByNameOrByPosition() {
        for (String expression : List.of("#customer", "#p0", "#a0", "#root.args[0]")) {
            assertThat(key(expression, ANN, List.of(1, 2))).as(expression).isSameAs(ANN);
        }
        assertThat(key("#items", ANN, List.of(1, 2))).isEqualTo(List.of(1, 2));
    }

    @Test
    void whenAKeyIsAPropertyOrMadeOfSome_thenItIsWorkedOut() {
        assertThat(key("#customer.id", ANN, List.of())).isEqualTo("ann");
        assertThat(key("#customer.tenant.name", ANN, List.of())).isEqualTo("acme");
        assertThat(key("#customer.tags['plan']", ANN, List.of())).isEqualTo("gold");
        assertThat(key("#customer.tenant.name + '/' + #customer.id", ANN, List.of()))
                .isEqualTo("acme/ann");
        assertThat(key("#customer.id.toUpperCase()", ANN, List.of())).isEqualTo("ANN");
        assertThat(key("#items[1]", ANN, List.of(7, 8))).isEqualTo(8);
        assertThat(key("#items.![#this + 1]", ANN, List.of(7, 8))).isEqualTo(List.of(8, 9));
        assertThat(key("#items.?[#this > 7].size()", ANN, List.of(7, 8))).isEqualTo(1);
        assertThat(key("#root.methodName + #root.args.length", ANN, List.of())).isEqualTo("order2");
        assertThat(key("#root.targetClass", ANN, List.of())).isEqualTo(Shop.class);
        assertThat(key("methodName", ANN, List.of())).isEqualTo("order");
    }

    @Test
    void whenTheCallItselfIsTheKey_thenItIsRefused_becauseItIsAnotherOneInEachCall() {
        for (String expression : List.of("#root", "#this", "'x' + #root", "{#customer, #this}")) {
            assertThatExceptionOfType(InvalidSettingsException.class)
                    .as(expression)
                    .isThrownBy(() -> prepare(expression))
                    .withMessageContaining("which is another one in each call");
        }
    }

    @Test
    void whenAKeyCallsTheRootsMethodsOrTheBeans_thenItIsRefused() {
        for (String expression : List.of(
                "#root.toString()",
                "target.order(null, null)",
                "#root.target.order(null, null)",
                "method.invoke(target)",
                "#root.method.getName()")) {
            assertThatExceptionOfType(InvalidSettingsException.class)
                    .as(expression)
                    .isThrownBy(() -> prepare(expression))
                    .withMessageContaining("a key is made of arguments");
        }
    }

    @Test
    void whenAnExpressionIsTooLong_thenItIsRefusedLikeAnyOther() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> prepare("#customer.id" + " + 'x'".repeat(5_000)))
                .withMessageContaining("is no expression of Spring's language");
    }

    @Test
    void whenThereIsNothing_thenThereIsNoKey() {
        assertThat(key("#customer", null, List.of())).isNull();
        assertThat(key("#customer?.id", null, List.of())).isNull();
    }

    @Test
    void whenAnEvaluationFails_thenTheFailureIsNotHidden() {
        assertThatExceptionOfType(EvaluationException.class).isThrownBy(() -> key("#customer.id", null, List.of()));
        assertThatExceptionOfType(EvaluationException.class).isThrownBy(() -> key("#customer.name", ANN, List.of()));
    }

    @Test
    void whenArgumentsAreOfSeveralClasses_thenAllAreUnderstoodHoweverOftenItHasRun() {
        CallKey key = KeyExpression.of("#shape.id", method("draw"), Shop.class);
        for (int i = 0; i < 2000; i++) {
            Shape shape = i / 300 % 2 == 0 ? new Circle(i) : new Square(i);
            assertThat(key.keyOf(Call.of("shop", shape))).isEqualTo(shape.getId());
        }
    }

    @Test
    void whenItHasRunOften_thenItIsCompiled() {
        KeyExpression key = (KeyExpression) KeyExpression.of("#p0.id", method("draw"), Shop.class);
        for (int i = 0; i < 200; i++) {
            key.keyOf(Call.of("shop", new Circle(i)));
        }
        assertThat(key).extracting("expression.compiledAst").isNotNull();
    }

    @Test
    void whenAnExpressionIsBroken_thenItIsRefused() {
        refused("#customer.", "is no expression of Spring's language:");
        refused("#{#customer}", "is no expression of Spring's language:");
    }

    @Test
    void whenAParameterDoesNotExist_thenItIsRefusedNamingThoseThatDo() {
        refused("#custmer.id", "speaks of #custmer, but the method has no such parameter; there is #customer, #items");
        refused("#p2", "speaks of #p2, but the method has no such parameter; there is #customer, #items");
        refused("#items.![#it]", "speaks of #it, but the method has no such parameter");
        assertRefused(
                () -> KeyExpression.of("#id", method("ping"), Shop.class),
                "speaks of #id, but the method has no parameters");
    }

    @Test
    void whenTheHashIsForgotten_thenItIsRefused() {
        refused("customer", "speaks of 'customer', which is nothing; parameters are written #customer, #items");
        refused("customer.id", "speaks of 'customer', which is nothing");
        refused("#items[index]", "speaks of 'index', which is nothing");
        refused("id()", "calls id() on nothing");
    }

    @Test
    void whenAKeyIsTheSameForEveryCall_thenItIsRefused() {
        refused("'customer'", "is the same for every call ('customer'); parameters are written #customer, #items");
        refused("1 + 1", "is the same for every call");
    }

    @Test
    void whenAnExpressionReachesForMoreThanArguments_thenItIsRefused() {
        refused("@shop.id", "uses a bean");
        refused("T(java.lang.System).getenv()", "uses a class");
        refused("new java.util.Date()", "uses a constructor");
        refused("#lookup(#customer)", "uses a function");
        refused("#customer.id = 'bob'", "uses an assignment");
        refused("#items[0]++", "uses an increment");
        refused("--#items[0]", "uses a decrement");
    }

    @Test
    void whenItIsShown_thenItsTextIs() {
        assertThat(prepare("#customer.id")).hasToString("#customer.id");
    }

    private static void refused(String expression, String reason) {
        assertRefused(() -> prepare(expression), reason);
    }

    private static void assertRefused(ThrowingCallable preparing, String reason) {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(preparing)
                .withMessageStartingWith("key " + reason);
    }

    record Customer(String id, Tenant tenant, Map<String, String> tags) {}

    record Tenant(String name) {}

    public interface Shape {

        int getId();
    }

    public record Circle(int id) implements Shape {

        @Override
        public int getId() {
            return id;
        }
    }

    public record Square(int id) implements Shape {

        @Override
        public int getId() {
            return id;
        }
    }

    static class Shop {

        void order(Customer customer, List<Integer> items) {}

        void draw(Shape shape) {}

        void ping() {}
    }
}
