package io.steadfast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import io.steadfast.core.Call;
import io.steadfast.core.Deadline;
import io.steadfast.core.DeadlineExceededException;
import io.steadfast.core.Diagnosis;
import io.steadfast.core.Pipeline;
import io.steadfast.core.RateLimitedException;
import io.steadfast.test.ManualTicker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExchangeTests {

    private final ManualTicker ticker = new ManualTicker();

    private final HttpSurroundings surroundings =
            new HttpSurroundings(InstantSource.system(), ticker, () -> 0, call -> 3);

    private final HttpOutcomeReader reader = new HttpOutcomeReader(List.of(), surroundings);

    private final Call call = Call.of("stock");

    @Test
    void whenTheBodyCanBeSentOnlyOnce_thenTheClientsOwnCallDoesNotRepeatIt() {
        exchange(HttpRules.defaults(), "PUT", false, null).attempt(call, null).failed(new IOException("reset"));

        assertThat(whyNotAgain(call)).isEqualTo("the body of the PUT to stock.example can be sent only once");
    }

    @Test
    void whenTheBodyCanBeSentOnlyOnce_thenTheCallAroundItMayMakeAnother() {
        exchange(HttpRules.defaults(), "PUT", false, call).attempt(call, null).failed(new IOException("reset"));

        assertThat(whyNotAgain(call)).isNull();
    }

    @Test
    void whenARequestMayNotBeRepeated_thenItSaysNothingOfAttempts() {
        assertThat(exchange(HttpRules.defaults(), "PUT", true, null)
                        .attempt(call, null)
                        .headers())
                .containsEntry(ResilienceHeaders.ATTEMPT, "1; max=3");
        assertThat(exchange(HttpRules.defaults(), "PUT", false, null)
                        .attempt(call, null)
                        .headers())
                .doesNotContainKey(ResilienceHeaders.ATTEMPT);
        assertThat(exchange(HttpRules.defaults(), "PATCH", true, null)
                        .attempt(call, null)
                        .headers())
                .doesNotContainKey(ResilienceHeaders.ATTEMPT);
        HttpRules silent = HttpRules.builder().attemptHeader(false).build();
        assertThat(exchange(silent, "PUT", true, null).attempt(call, null).headers())
                .isEmpty();
    }

    @Test
    void whenACallsTimeIsOver_thenNothingIsSentForItWhetherOrNotAClientIsConfigured() throws Exception {
        Call late = Deadline.in(Duration.ZERO).call(() -> Call.of("stock"));
        OutgoingRequest request =
                new OutgoingRequest("POST", URI.create("http://stock.example/pay"), name -> null, true);
        Exchange unguarded = HttpTargets.none(surroundings).exchange(null, request, late, false);

        assertThatThrownBy(() -> unguarded.attempt(late, null)).isInstanceOf(DeadlineExceededException.class);
        assertThatThrownBy(
                        () -> exchange(HttpRules.defaults(), "POST", true, late).attempt(late, null))
                .isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void whenSeveralAnswersAskForQuiet_thenTheLongestCounts() {
        HttpRules rules = HttpRules.builder().quiet(true).build();
        HttpTarget target = target(rules);
        answer(target, "20");
        assertThatThrownBy(() -> answer(target, "5")).isInstanceOf(RateLimitedException.class);

        ticker.advance(Duration.ofSeconds(19));
        assertThatThrownBy(() -> answer(target, "5"))
                .hasMessage("Call 'stock' was refused: its server has asked to be left alone; try again in 1000 ms");
        ticker.advance(Duration.ofSeconds(1));
        answer(target, "5");
    }

    @Test
    void whenAServerAsksForYearsOfQuiet_thenTheCapHolds() {
        HttpTarget target = target(HttpRules.builder().quiet(true).build());
        answer(target, "99999999999999999999");

        ticker.advance(HttpRules.defaults().pushBackCap());
        answer(target, "5");
    }

    @Test
    void whenAFailureIsMarkedAlready_thenItDoesNotGrow() {
        IOException constant = new IOException("reset");
        for (int i = 0; i < 3; i++) {
            exchange(HttpRules.defaults(), "POST", true, null)
                    .attempt(null, null)
                    .failed(constant);
        }

        assertThat(constant.getSuppressed()).hasSize(1);
        assertThat(whyNotAgain(Call.of("elsewhere"), constant)).contains("the POST to stock.example");
    }

    @Test
    void whenARequestNeverLeft_thenItsFailureIsNotMarked() {
        ConnectException refused = new ConnectException();
        exchange(HttpRules.defaults(), "POST", true, null).attempt(null, null).failed(refused);

        assertThat(refused.getSuppressed()).isEmpty();
    }

    private Exchange exchange(HttpRules rules, String method, boolean replayable, @Nullable Call outer) {
        OutgoingRequest request =
                new OutgoingRequest(method, URI.create("http://stock.example/items"), name -> null, replayable);
        return HttpTargets.none(surroundings).exchange(target(rules), request, outer, false);
    }

    private void answer(HttpTarget target, String retryAfter) {
        OutgoingRequest request =
                new OutgoingRequest("GET", URI.create("http://stock.example/items"), name -> null, true);
        HttpTargets.none(surroundings)
                .exchange(target, request, null, false)
                .attempt(null, null)
                .answered(new HttpAnswer(
                        503, name -> name.equals(ResilienceHeaders.RETRY_AFTER) ? List.of(retryAfter) : List.of()));
    }

    private static HttpTarget target(HttpRules rules) {
        return HttpTarget.at("stock", "http://stock.example", List.of(), rules, () -> Pipeline.of("stock"));
    }

    private @Nullable String whyNotAgain(Call ofCall) {
        return whyNotAgain(ofCall, new IOException("reset"));
    }

    private @Nullable String whyNotAgain(Call ofCall, Throwable failure) {
        Diagnosis diagnosis = reader.ofFailure(ofCall, failure);
        return diagnosis == null ? null : diagnosis.whyNotAgain();
    }
}
