package io.steadfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;

import io.steadfast.core.BulkheadFullException;
import io.steadfast.core.Call;
import io.steadfast.core.CallTimeoutException;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.Diagnosis.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HttpOutcomeReaderTests {

    private static final HttpSurroundings SURROUNDINGS = HttpSurroundings.system();

    private final HttpOutcomeReader reader = new HttpOutcomeReader(
            List.of(candidate -> candidate instanceof Answered answered ? answered.answer : null), SURROUNDINGS);

    private final HttpTargets targets = HttpTargets.none(SURROUNDINGS);

    private final Call call = Call.of("shop");

    static Stream<Exception> neverLeft() {
        return Stream.of(
                new ConnectException("Connection refused"),
                new NoRouteToHostException(),
                new UnknownHostException("nobody.invalid"),
                new UnresolvedAddressException(),
                new HttpConnectTimeoutException("HTTP connect timed out"),
                new SocketTimeoutException("Connect timed out"),
                new IOException("stream was reset: REFUSED_STREAM"),
                new IOException("Received RST_STREAM: Refused stream"));
    }

    static Stream<Exception> mayHaveArrived() {
        return Stream.of(
                new SocketException("Connection reset"),
                new SocketTimeoutException("Read timed out"),
                new HttpTimeoutException("request timed out"),
                new SSLHandshakeException("no"),
                new IOException("HTTP/1.1 header parser received no bytes"),
                new CallTimeoutException("shop", Duration.ofSeconds(1)));
    }

    @Test
    void whenAnUnsafeRequestIsUnderWay_thenThereMustBeNoAttemptBesideIt() {
        assertThat(reader.whyNotBeside(call)).as("nothing sent yet").isNull();
        ExchangeAttempt post = attempt("POST");
        assertThat(reader.whyNotBeside(call)).contains("POST");
        post.failed(new ConnectException("Connection refused"));
        assertThat(reader.whyNotBeside(call)).as("it never left").isNull();
    }

    @Test
    void whenASafeRequestIsUnderWay_thenThereMayBeAnAttemptBesideIt() {
        attempt("GET");
        assertThat(reader.whyNotBeside(call)).isNull();
    }

    @ParameterizedTest
    @MethodSource("neverLeft")
    void whenARequestNeverLeft_thenItMayBeRepeatedWhateverItsMethod(Exception failure) {
        attempt("POST").failed(failure);

        assertThat(ofFailure(new CompletionException(new RuntimeException(failure))))
                .isEqualTo(Diagnosis.of(Kind.TRANSIENT));
    }

    @ParameterizedTest
    @MethodSource("mayHaveArrived")
    void whenARequestMayHaveArrived_thenASafeOneMayBeRepeated(Exception failure) {
        attempt("GET").failed(failure);

        assertThat(ofFailure(new RuntimeException(failure))).isEqualTo(Diagnosis.of(Kind.TRANSIENT));
    }

    @ParameterizedTest
    @MethodSource("mayHaveArrived")
    void whenARequestMayHaveArrived_thenAnUnsafeOneMustNotBeRepeated(Exception failure) {
        attempt("POST").failed(failure);

        assertThat(ofFailure(new RuntimeException(failure)))
                .extracting(Diagnosis::kind, Diagnosis::whyNotAgain)
                .containsExactly(
                        Kind.TRANSIENT,
                        "the POST to stock.example may have been carried out, and has no Idempotency-Key");
    }

    @Test
    void whenOneOfSeveralRequestsIsUnsafe_thenItDecides() {
        attempt("POST").answered(new HttpAnswer(201, name -> List.of()));
        attempt("POST").failed(new ConnectException());
        attempt("GET").failed(new ConnectException());

        assertThat(ofFailure(new ConnectException()))
                .extracting(Diagnosis::whyNotAgain)
                .isNotNull();
    }

    @Test
    void whenAConnectionFailsAndNothingIsNoted_thenItIsTransient() {
        assertThat(ofFailure(new RuntimeException(new SocketException("Connection reset"))))
                .isEqualTo(Diagnosis.of(Kind.TRANSIENT));
    }

    @Test
    void whenAFailureIsNotAboutHttp_thenNothingIsKnown() {
        assertThat(ofFailure(new IllegalStateException())).isNull();
        assertThat(ofFailure(new FileNotFoundException("prices.csv"))).isNull();
        assertThat(ofFailure(new CallTimeoutException("shop", Duration.ofSeconds(1))))
                .isNull();
        assertThat(reader.ofResult(call, "text")).isNull();
        assertThat(reader.ofResult(call, null)).isNull();
    }

    @Test
    void whenItIsARefusalOfOurs_thenOthersKnowBetter() {
        attempt("POST").failed(new BulkheadFullException("stock", null));

        assertThat(ofFailure(new BulkheadFullException("stock", null))).isNull();
        assertThat(ofFailure(new RuntimeException(new BulkheadFullException("stock", null))))
                .isNull();
    }

    @Test
    void whenCausesGoInACircleOrThrow_thenReadingEnds() {
        Exception one = new Exception("one");
        Exception other = new Exception("other", one);
        one.initCause(other);

        assertThat(ofFailure(one)).isNull();
        assertThat(ofFailure(new Hostile())).isNull();
    }

    @Test
    void whenAnAnswerIsAmongTheCauses_thenItIsRead() {
        assertThat(ofFailure(new RuntimeException(new Answered(404)))).isEqualTo(Diagnosis.of(Kind.CALLERS_OWN));
    }

    @Test
    void whenTheApplicationThrowsItsOwnAfterAnError_thenTheAnswerCounts() {
        attempt("GET").answered(new HttpAnswer(404, name -> List.of()));

        assertThat(ofFailure(new IllegalStateException("no such item"))).isEqualTo(Diagnosis.of(Kind.CALLERS_OWN));
    }

    @Test
    void whenAClientHasATableOfItsOwn_thenItsAnswersAreReadByIt() {
        HttpRules rules = HttpRules.builder()
                .statuses(StatusTable.standard().with(java.util.Map.of(Kind.TRANSIENT, List.of("404"))))
                .build();
        HttpTarget target = HttpTarget.at(
                "stock", "http://stock.example", List.of(), rules, () -> io.steadfast.core.Pipeline.of("stock"));
        targets.exchange(target, request("GET"), null, false)
                .attempt(call, null)
                .answered(new HttpAnswer(404, name -> List.of()));

        assertThat(ofFailure(new Answered(404))).isEqualTo(Diagnosis.of(Kind.TRANSIENT));
    }

    private ExchangeAttempt attempt(String method) {
        return targets.exchange(null, request(method), call, false).attempt(call, null);
    }

    private static OutgoingRequest request(String method) {
        return new OutgoingRequest(method, URI.create("http://stock.example/items/7?secret=1"), name -> null, true);
    }

    private @Nullable Diagnosis ofFailure(Throwable failure) {
        return reader.ofFailure(call, failure);
    }

    private static final class Answered extends Exception {

        private final transient HttpAnswer answer;

        Answered(int status) {
            this.answer = new HttpAnswer(status, name -> List.of());
        }
    }

    private static final class Hostile extends RuntimeException {

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("never");
        }
    }
}
