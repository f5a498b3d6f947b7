package io.steadfast.fallback.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;

import io.steadfast.fallback.Fallback;
import org.junit.jupiter.api.Test;

/** Which of several methods answers. */
class FallbackOverloadTests {

    @Test
    void whenSeveralTakeFailures_thenTheNearestTypeAnswers() {
        Overloads overloads = Guarded.proxy(new Overloads());

        assertThat(overloads.find(new FileNotFoundException())).isEqualTo("IOException");
        assertThat(overloads.find(new IOException())).isEqualTo("IOException");
        assertThat(overloads.find(new UncheckedIOException(new IOException()))).isEqualTo("RuntimeException");
        assertThat(overloads.find(new IllegalStateException())).isEqualTo("IllegalStateException and arguments");
        assertThat(overloads.find(new Exception())).isEqualTo("arguments");
        assertThat(overloads.find(new AssertionError())).isEqualTo("arguments");
    }

    @Test
    void whenNoOverloadTakesTheFailure_thenItStands() {
        Picky picky = Guarded.proxy(new Picky());
        IllegalStateException failure = new IllegalStateException();

        assertThat(picky.find(new IOException())).isEqualTo("io");
        assertThat(catchThrowable(() -> picky.find(failure))).isSameAs(failure).hasNoSuppressedExceptions();
    }

    @Test
    void whenAMethodOfThatNameIsForOtherParameters_thenItIsPassedOver() {
        assertThat(Guarded.proxy(new SharedName()).byId("a")).isEqualTo("id a");
        assertThat(Guarded.proxy(new SharedName()).byNumber(7)).isEqualTo("number 7");
    }

    @Test
    void whenTheFallbackHasTheGuardedMethodsName_thenTheOverloadAnswers() {
        assertThat(Guarded.proxy(new SameName()).find("a")).isEqualTo("again a");
    }

    @Test
    void whenTheCallsOwnParameterIsAnException_thenTheSameTypeMeansTheParameter() {
        IOException argument = new IOException("argument");

        assertThat(Guarded.proxy(new TakesException()).report(argument)).isEqualTo("argument");
        assertThat(Guarded.proxy(new TakesException()).reportTwice(argument)).isEqualTo("failure");
    }

    static class Overloads {

        @Fallback(method = "instead")
        String find(Throwable failure) {
            throw Throwing.asIs(failure);
        }

        private String instead(Throwable argument, IllegalStateException failure) {
            return "IllegalStateException and arguments";
        }

        private String instead(IllegalStateException failure) {
            return "IllegalStateException";
        }

        private String instead(RuntimeException failure) {
            return "RuntimeException";
        }

        private String instead(IOException failure) {
            return "IOException";
        }

        private String instead(Throwable argument) {
            return "arguments";
        }

        private String instead() {
            return "nothing";
        }
    }

    static class Picky {

        @Fallback(method = "instead")
        String find(Throwable failure) {
            throw Throwing.asIs(failure);
        }

        private String instead(Throwable argument, IOException failure) {
            return "io";
        }
    }

    static class SharedName {

        @Fallback(method = "instead")
        String byId(String id) {
            throw new IllegalStateException("down");
        }

        @Fallback(method = "instead")
        String byNumber(int number) {
            throw new IllegalStateException("down");
        }

        private String instead(String id, Throwable failure) {
            return "id " + id;
        }

        private String instead(int number, Throwable failure) {
            return "number " + number;
        }
    }

    static class SameName {

        @Fallback(method = "find")
        String find(String id) {
            throw new IllegalStateException("down");
        }

        private String find(String id, Throwable failure) {
            return "again " + id;
        }
    }

    static class TakesException {

        @Fallback(method = "reportInstead")
        String report(IOException problem) {
            throw new UncheckedIOException(new IOException("failure"));
        }

        private String reportInstead(IOException problem) {
            return problem.getMessage();
        }

        @Fallback(method = "reportTwiceInstead")
        String reportTwice(IOException problem) {
            throw new IllegalStateException("failure");
        }

        private String reportTwiceInstead(Exception failure) {
            return failure.getMessage();
        }
    }
}
