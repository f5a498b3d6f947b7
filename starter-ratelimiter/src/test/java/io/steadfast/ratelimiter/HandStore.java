package io.steadfast.ratelimiter;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import io.steadfast.core.Call;
import io.steadfast.core.Permit;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.RateLimitedException;
import io.steadfast.core.Reservation;
import io.steadfast.test.ManualTimer;
import io.steadfast.test.RecordingListener;

/** A store that answers as a test says, and the limiter that asks it. */
final class HandStore implements SharedLimit {

    /** What was asked; the test answers. */
    record Question(String key, int permits, Duration longestWait, CompletableFuture<Long> answer) {

        void admits() {
            answer.complete(0L);
        }

        void admitsIn(Duration wait) {
            answer.complete(wait.toNanos());
        }

        void refusesFor(Duration wait) {
            answer.complete(-wait.toNanos());
        }

        void fails(Throwable failure) {
            answer.completeExceptionally(failure);
        }
    }

    static final PolicyId ID = new PolicyId(RateLimiterPolicy.KIND, "geocoder");

    static final Duration ANSWER_WITHIN = Duration.ofMillis(100);

    static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);

    final ManualTimer timer = new ManualTimer();

    final RecordingListener listener = new RecordingListener();

    final PolicyRuntime runtime = new PolicyRuntime(timer.ticker(), timer, listener);

    final List<Question> questions = new CopyOnWriteArrayList<>();

    final List<String> givenBack = new CopyOnWriteArrayList<>();

    private final long start = timer.ticker().nanos();

    private volatile Function<Question, CompletionStage<Long>> clerk = Question::answer;

    /** Answers each question at once, or throws. */
    void answering(Function<Question, Long> answers) {
        clerk = question -> CompletableFuture.completedFuture(answers.apply(question));
    }

    /** Answers each question when that much time has passed. */
    void answeringAfter(Duration time, Function<Question, Long> answers) {
        clerk = question -> {
            timer.schedule(() -> question.answer().complete(answers.apply(question)), time.toNanos());
            return question.answer();
        };
    }

    void silent() {
        clerk = Question::answer;
    }

    void broken() {
        answering(question -> {
            throw new IllegalStateException("wire cut");
        });
    }

    @Override
    public CompletionStage<Long> take(String key, int permits, long maxWaitNanos) {
        Question question = new Question(key, permits, Duration.ofNanos(maxWaitNanos), new CompletableFuture<>());
        questions.add(question);
        return clerk.apply(question);
    }

    @Override
    public void giveBack(String key, int permits) {
        givenBack.add(key + " " + permits);
    }

    @Override
    public OptionalLong available() {
        return OptionalLong.of(7);
    }

    /** Runs what is waiting for a thread. */
    void settle() {
        timer.advance(Duration.ZERO);
    }

    /** How much time has passed. */
    Duration elapsed() {
        return Duration.ofNanos(timer.ticker().nanos() - start);
    }

    Question last() {
        return questions.get(questions.size() - 1);
    }

    /** A limiter of two permits an hour, which says without the store what the settings say. */
    RateLimiterPolicy limiter(StoreDown storeDown) {
        return limiter(Duration.ZERO, storeDown);
    }

    RateLimiterPolicy limiter(Duration timeout, StoreDown storeDown) {
        LimiterConfig config = LimiterConfig.builder()
                .scope(Scope.SHARED)
                .limitForPeriod(2)
                .limitRefreshPeriod(Duration.ofHours(1))
                .timeoutDuration(timeout)
                .storeDown(storeDown)
                .build();
        SharedLimitConfig shared = new SharedLimitConfig(List.of(), ANSWER_WITHIN, PROBE_INTERVAL);
        return SharedRateLimiter.of(ID, config, shared, this, runtime);
    }

    /** Sees a plain call through its waits, as the driver does. */
    Permit enter(RateLimiterPolicy limiter, Call call) {
        Permit permit = limiter.acquire(call);
        while (permit instanceof Reservation place) {
            timer.advance(Duration.ofNanos(place.waitNanos()));
            permit = place.claim(call);
        }
        return permit;
    }

    /** A call during which the store is found to be down. */
    void lose(RateLimiterPolicy limiter) {
        broken();
        try {
            enter(limiter, Call.of("unlucky"));
        } catch (RateLimitedException closed) {
            // what the settings ask for
        }
    }
}
