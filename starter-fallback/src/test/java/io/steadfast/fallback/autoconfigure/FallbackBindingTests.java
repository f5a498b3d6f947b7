package io.steadfast.fallback.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;

import io.steadfast.core.Call;
import io.steadfast.fallback.Fallback;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;

/** Which methods may answer. */
class FallbackBindingTests {

    @Test
    void whenTheFallbackTakesCallAndFailure_thenItGetsBoth() {
        Forms forms = Guarded.proxy(new Forms());

        assertThat(forms.both("a", 2)).isEqualTo("a 2 down");
    }

    @Test
    void whenTheFallbackTakesTheFailureAlone_thenItGetsIt() {
        assertThat(Guarded.proxy(new Forms()).failureAlone("a", 2)).isEqualTo("down");
    }

    @Test
    void whenTheFallbackTakesTheCallOnly_thenItGetsTheArguments() {
        assertThat(Guarded.proxy(new Forms()).callOnly("a", 2)).isEqualTo("a 2");
    }

    @Test
    void whenTheFallbackTakesNothing_thenItAnswers() {
        assertThat(Guarded.proxy(new Forms()).nothing("a", 2)).isEqualTo("nothing");
    }

    @Test
    void whenTheFallbackIsPrivateStaticOrVarargs_thenItAnswers() {
        Forms forms = Guarded.proxy(new Forms());

        assertThat(forms.answeredByStatic("a")).isEqualTo("static a");
        assertThat(forms.varargs("a", "b")).isEqualTo("a, b / 2");
        assertThat(forms.both(null, 0)).isEqualTo("null 0 down");
    }

    @Test
    void whenThePrivateFallbackUsesAField_thenItSeesTheTargetAndNotTheProxy() {
        Forms forms = new Forms();
        forms.state = "kept";

        assertThat(Guarded.proxy(forms).stateful()).isEqualTo("kept");
    }

    @Test
    void whenAProxyLiesBehindTheProxy_thenTheFallbackStillSeesTheObjectBehindBoth() {
        Forms forms = new Forms();
        forms.state = "kept";
        ProxyFactory inner = new ProxyFactory(forms);
        inner.setProxyTargetClass(true);
        CalledObject receiver = CalledObject.INSTANCE;

        assertThat(receiver.of(Throwing.callOn(inner.getProxy()))).isSameAs(forms);
        assertThat(receiver.of(Throwing.callOn(forms))).isSameAs(forms);
    }

    @Test
    void whenTheFallbackIsInASuperclass_thenItAnswersAlsoIfPrivate() {
        assertThat(Guarded.proxy(new Heir()).find("a")).isEqualTo("inherited a");
        assertThat(Guarded.proxy(new Heir()).findSecretly("a")).isEqualTo("secret a");
    }

    @Test
    void whenTheFallbackIsOverridden_thenTheOverrideAnswers() {
        assertThat(Guarded.proxy(new Overrider()).find("a")).isEqualTo("overridden a");
    }

    @Test
    void whenTheSuperclassIsGeneric_thenItsTypesAreWhatTheClassSaysTheyAre() {
        assertThat(Guarded.proxy(new Stocks()).load("a")).isEqualTo(new Stock("a", 0));
    }

    @Test
    void whenTheMethodIsGeneric_thenItsFallbackMayBeToo() {
        Forms forms = Guarded.proxy(new Forms());

        assertThat(forms.generic(List.of("x"))).isEqualTo("x");
    }

    @Test
    void whenTheFallbackFails_thenItsOwnFailureIsThrownAsItIs() {
        Failing failing = Guarded.proxy(new Failing());

        assertThatThrownBy(failing::find).isInstanceOf(Exotic.class).hasSuppressedException(Failing.FIRST);
    }

    @Test
    void whenAnnotatedOnTheClass_thenEachMethodIsBoundByItself() throws Exception {
        OnClass onClass = Guarded.proxy(new OnClass());

        assertThat(onClass.name()).isEqualTo("IOException");
        assertThat(onClass.text(1)).isEqualTo("text 1");
    }

    @Test
    void whenAFallbackOfTheClassIsCalledItself_thenItIsNotItsOwnFallback() {
        OnClass onClass = Guarded.proxy(new OnClass());

        assertThatThrownBy(() -> onClass.instead(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void whenTheClassIsPackagePrivateAndNested_thenItsMethodsAreReached() {
        assertThatCode(() -> Guarded.bind(Forms.class)).doesNotThrowAnyException();
    }

    @Test
    void whenTheFallbackChangesItsArguments_thenTheCallersArrayStaysAsItWas() {
        Call call = Call.of("call", "a");
        Object[] given = FallbackForm.CALL.arguments(call, new IOException());
        given[0] = "changed";

        assertThat(call.arguments()).containsExactly("a");
    }

    record Stock(String id, int left) {}

    static class Forms {

        String state = "";

        @Fallback(method = "bothInstead")
        String both(String text, int number) {
            throw new IllegalStateException("down");
        }

        private String bothInstead(String text, int number, Throwable failure) {
            return text + " " + number + " " + failure.getMessage();
        }

        @Fallback(method = "failureInstead")
        public String failureAlone(String text, int number) {
            throw new IllegalStateException("down");
        }

        protected String failureInstead(Throwable failure) {
            return failure.getMessage();
        }

        @Fallback(method = "callInstead")
        protected String callOnly(String text, int number) {
            throw new IllegalStateException("down");
        }

        String callInstead(String text, int number) {
            return text + " " + number;
        }

        @Fallback(method = "nothingInstead")
        String nothing(String text, int number) {
            throw new IllegalStateException("down");
        }

        private String nothingInstead() {
            return "nothing";
        }

        @Fallback(method = "staticInstead")
        String answeredByStatic(String text) {
            throw new IllegalStateException("down");
        }

        private static String staticInstead(String text, Exception failure) {
            return "static " + text;
        }

        @Fallback(method = "varargsInstead")
        String varargs(String... texts) {
            throw new IllegalStateException("down");
        }

        private String varargsInstead(String... texts) {
            return String.join(", ", texts) + " / " + texts.length;
        }

        @Fallback(method = "stateInstead")
        String stateful() {
            throw new IllegalStateException("down");
        }

        private String stateInstead() {
            return state;
        }

        @Fallback(method = "genericInstead")
        <T> T generic(List<T> from) {
            throw new IllegalStateException("down");
        }

        private <T> T genericInstead(List<T> from, RuntimeException failure) {
            return from.get(0);
        }
    }

    static class Ancestor {

        String instead(String id) {
            return "inherited " + id;
        }

        private String secretly(String id) {
            return "secret " + id;
        }
    }

    static class Heir extends Ancestor {

        @Fallback(method = "instead")
        String find(String id) {
            throw new IllegalStateException("down");
        }

        @Fallback(method = "secretly")
        String findSecretly(String id) {
            throw new IllegalStateException("down");
        }
    }

    static class Overrider extends Heir {

        @Override
        String instead(String id) {
            return "overridden " + id;
        }
    }

    abstract static class Repository<K, V> {

        @Fallback(method = "loadInstead")
        V load(K key) {
            throw new IllegalStateException("down");
        }

        abstract V loadInstead(K key, Throwable failure);
    }

    static class Stocks extends Repository<String, Stock> {

        @Override
        Stock loadInstead(String id, Throwable failure) {
            return new Stock(id, 0);
        }
    }

    static class Exotic extends Throwable {}

    static class Failing {

        static final IllegalStateException FIRST = new IllegalStateException("first");

        @Fallback(method = "instead")
        String find() throws Throwable {
            throw FIRST;
        }

        private String instead() throws Throwable {
            throw new Exotic();
        }
    }

    @Fallback(method = "instead")
    static class OnClass {

        String name() throws IOException {
            throw new IOException();
        }

        Object text(int number) throws IOException {
            throw new IOException();
        }

        String instead(Throwable failure) {
            return failure.getClass().getSimpleName();
        }

        private String instead(int number, IOException failure) {
            return "text " + number;
        }
    }
}
