package io.steadfast.spring.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.steadfast.core.Pipeline;
import io.steadfast.core.PolicyEvent;
import io.steadfast.core.PolicyId;
import io.steadfast.core.PolicyRuntime;
import io.steadfast.core.PolicySlot;
import io.steadfast.core.ResilienceListener;
import io.steadfast.spring.GuardedCall;
import io.steadfast.spring.GuardedPolicy;
import io.steadfast.spring.steer.LiveChange;
import io.steadfast.spring.steer.SteeredPolicy;
import io.steadfast.spring.toys.ToyBreakerPolicy;
import io.steadfast.spring.toys.ToyRetryPolicy;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveFeedTests implements LiveSources {

    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private final ManualTimer timer = new ManualTimer();

    private final List<LiveChange> changes = new ArrayList<>();

    private final List<Frame> frames = new ArrayList<>();

    private final ToyBreakerPolicy breaker = new ToyBreakerPolicy("stock", ResilienceListener.NONE);

    private final LiveFeed feed = new LiveFeed(this, timer.ticker(), timer, () -> Clock.fixed(START, ZoneOffset.UTC));

    private boolean slow;

    private boolean unreadable;

    private int ended;

    @BeforeEach
    void start() {
        feed.start();
    }

    @Test
    void whenCallsEnd_thenTheSnapshotSplitsThemBySecondAndOutcome() throws Exception {
        call(0, 0);
        call(0, 1);
        timer.advance(Duration.ofSeconds(1));
        call(0, 2);

        DocumentContext snapshot = JsonPath.parse(feed.snapshot(true).json());

        assertThat(snapshot.<List<Integer>>read("$.calls[0].outcomes.answered"))
                .hasSize(60)
                .endsWith(1, 0);
        assertThat(snapshot.<List<Integer>>read("$.calls[0].outcomes.retried")).endsWith(1, 0);
        assertThat(snapshot.<List<Integer>>read("$.calls[0].outcomes.failed")).endsWith(0, 1);
        assertThat(snapshot.<Boolean>read("$.writable")).isTrue();
        assertThat(snapshot.<Long>read("$.at")).isEqualTo(START.toEpochMilli());
    }

    @Test
    void whenCallsTakeTime_thenLatencyIsInMilliseconds() throws Exception {
        call(40, 0);

        DocumentContext snapshot = JsonPath.parse(feed.snapshot(true).json());

        assertThat(snapshot.<Number>read("$.calls[0].latency.max").doubleValue())
                .isEqualTo(40.0);
        assertThat(snapshot.<Number>read("$.calls[0].latency.p50").doubleValue())
                .isBetween(36.0, 40.0);
    }

    @Test
    void whenAPolicyRefuses_thenItIsNamed() {
        breaker.goTo("OPEN");
        assertThatThrownBy(() -> call(0, 0)).isNotNull();

        DocumentContext snapshot = JsonPath.parse(feed.snapshot(true).json());

        assertThat(snapshot.<Map<String, Integer>>read("$.calls[0].refusedBy")).containsEntry("circuit-breaker", 1);
        assertThat(snapshot.<List<Integer>>read("$.calls[0].outcomes.refused")).endsWith(1);
    }

    @Test
    void whenSomebodyWatches_thenOnlyWhatChangedIsTold() throws Exception {
        watch();
        timer.advance(Duration.ofMillis(500));
        frames.clear();
        call(0, 0);
        timer.advance(Duration.ofMillis(100));
        timer.advance(Duration.ofMillis(400));
        timer.advance(Duration.ofMinutes(2));
        int quiet = frames.size();

        assertThat(columns(frames.get(0))).containsExactly(List.of(START.getEpochSecond(), 1L, 0L, 0L, 0L, 0L, 0L, 0L));
        assertThat(JsonPath.parse(frames.get(quiet - 1).json()).<List<Object>>read("$.calls"))
                .isEmpty();
        assertThat(quiet).isEqualTo(241);
    }

    @Test
    void whenTheBreakerOpens_thenSeverityRisesAndSinceStays() {
        timer.advance(Duration.ofSeconds(10));
        breaker.goTo("HALF_OPEN");
        timer.advance(Duration.ofSeconds(5));
        Object since = read("since");
        assertThat(read("severity")).isEqualTo(Severity.UNUSUAL);
        breaker.goTo("OPEN");

        assertThat(read("severity")).isEqualTo(Severity.MOST);
        assertThat(read("trouble")).isEqualTo("circuit-breaker 'stock' is OPEN");
        assertThat(read("since")).isEqualTo(since).isEqualTo(START.toEpochMilli());
        breaker.goTo("CLOSED");
        assertThat(read("severity")).isEqualTo(Severity.NONE);
        assertThat(read("since")).isNull();
    }

    @Test
    void whenSomethingIsChangedByHand_thenItIsUnusualAndListed() {
        watch();
        changes.add(new LiveChange(
                "c1",
                "stock",
                "retry",
                "stock",
                "disable",
                Map.of(),
                Map.of(),
                Optional.of("alice"),
                START,
                Optional.empty()));
        timer.advance(Duration.ofMillis(500));

        DocumentContext tick = JsonPath.parse(frames.get(1).json());
        assertThat(tick.<Integer>read("$.calls[0].severity")).isEqualTo(Severity.UNUSUAL);
        assertThat(tick.<Map<String, Object>>read("$.changes[0]"))
                .containsEntry("id", "c1")
                .containsEntry("by", "alice")
                .containsEntry("until", null)
                .containsEntry("at", START.toString());
    }

    @Test
    void whenEventsFlood_thenFiftyASecondAreToldAndHowManyWereNot() {
        watch();
        for (int number = 0; number < 120; number++) {
            feed.policyEvent(PolicyEvent.stateChanged(new PolicyId("circuit-breaker", "stock"), "A", "B", "again"));
        }
        timer.advance(Duration.ofMillis(500));

        List<Frame> events =
                frames.stream().filter(frame -> frame.event().equals("event")).toList();
        assertThat(events).hasSize(51);
        assertThat(events.get(50).json()).contains("LEFT_OUT", "70 more");
    }

    @Test
    void whenASubscriberIsSlow_thenItIsDroppedAndKeepsItsPlaceUntilItLetsGo() throws Exception {
        AutoCloseable place = watch();
        for (int taken = 1; taken < LiveAudience.MOST; taken++) {
            watch();
        }
        slow = true;
        timer.advance(Duration.ofMillis(500));

        assertThat(ended).isEqualTo(LiveAudience.MOST);
        assertThat(feed.hasRoom()).isFalse();
        assertThatThrownBy(this::watch).isInstanceOf(TooManySubscribersException.class);
        place.close();
        place.close();
        assertThat(feed.hasRoom()).isTrue();
    }

    @Test
    void whenASubscriberThrows_thenItIsDroppedAndOthersAreTold() {
        feed.subscribe(new Throwing(1), false);
        watch();
        timer.advance(Duration.ofMillis(500));
        timer.advance(Duration.ofMillis(500));

        assertThat(frames).extracting(Frame::event).containsExactly("snapshot", "tick", "tick");
        assertThat(ended).isZero();
    }

    @Test
    void whenASubscriberThrowsAtOnce_thenItHasNoPlace() {
        for (int times = 0; times < 2 * LiveAudience.MOST; times++) {
            assertThatThrownBy(() -> feed.subscribe(new Throwing(0), false)).hasMessage("not now");
        }

        assertThat(feed.hasRoom()).isTrue();
        watch();
    }

    @Test
    void whenASnapshotCannotBeTaken_thenThePlaceIsFree() {
        unreadable = true;
        for (int times = 0; times < 2 * LiveAudience.MOST; times++) {
            assertThatThrownBy(this::watch).hasMessage("no calls today");
        }
        unreadable = false;

        watch();
        unreadable = true;
        timer.advance(Duration.ofMillis(500));
        unreadable = false;
        timer.advance(Duration.ofMillis(500));

        assertThat(frames).extracting(Frame::event).containsExactly("snapshot", "tick");
    }

    @Test
    void whenAPolicyCannotSayHowItIs_thenThatIsWhatIsShown() {
        breaker.breakSnapshot(true);

        assertThat(read("trouble").toString()).contains("cannot say how it is", "no snapshot today");
        assertThat(read("severity")).isEqualTo(Severity.UNUSUAL);
        assertThat(read("policies[0].state.unreadable").toString()).contains("no snapshot today");
        breaker.breakSnapshot(false);
        assertThat(read("trouble")).isNull();
    }

    @Test
    void whenTheFeedStops_thenSubscribersEndAndNothingIsLeftToRun() {
        watch();
        feed.stop();

        assertThat(ended).isEqualTo(1);
        assertThat(timer.pendingTasks()).isZero();
        watch();
        assertThat(ended).isEqualTo(2);
    }

    @Test
    void whenNobodyWatches_thenEventsAreNotKept() {
        feed.policyEvent(PolicyEvent.stateChanged(new PolicyId("circuit-breaker", "stock"), "A", "B", "again"));
        watch();
        timer.advance(Duration.ofMillis(500));

        assertThat(frames).extracting(Frame::event).containsExactly("snapshot", "tick");
    }

    @Override
    public List<GuardedCall> calls() {
        if (unreadable) {
            throw new IllegalStateException("no calls today");
        }
        return List.of(new GuardedCall(
                "stock", List.of("Shop.stock()"), List.of(new GuardedPolicy(PolicySlot.of(breaker), Map.of()))));
    }

    @Override
    public List<SteeredPolicy> pipeline(GuardedCall call) {
        return call.pipeline().stream()
                .map(policy -> new SteeredPolicy(policy, Optional.empty()))
                .toList();
    }

    @Override
    public List<LiveChange> changes() {
        return changes;
    }

    @Override
    public String application() {
        return "storefront";
    }

    @Override
    public String instance() {
        return "10.0.0.7:8080";
    }

    /** A call whose first attempts fail; there are two at most. */
    private void call(int millis, int failures) throws Exception {
        int[] left = {failures};
        Pipeline pipeline = Pipeline.named("stock")
                .runtime(new PolicyRuntime(timer.ticker(), timer, feed))
                .policy(new ToyRetryPolicy("stock", 2))
                .policy(breaker)
                .build();
        try {
            pipeline.call(() -> {
                timer.ticker().advance(Duration.ofMillis(millis));
                if (left[0]-- > 0) {
                    throw new IOException("down");
                }
                return "an answer";
            });
        } catch (IOException expected) {
            assertThat(failures).isEqualTo(2);
        }
    }

    private Object read(String key) {
        return JsonPath.parse(feed.snapshot(true).json()).read("$.calls[0]." + key);
    }

    private static List<List<Long>> columns(Frame tick) {
        return JsonPath.parse(tick.json()).<List<List<Number>>>read("$.calls[0].columns").stream()
                .map(column -> column.stream().map(Number::longValue).toList())
                .toList();
    }

    private AutoCloseable watch() {
        return feed.subscribe(
                new LiveSubscriber() {
                    @Override
                    public boolean offer(Frame frame) {
                        frames.add(frame);
                        return !slow;
                    }

                    @Override
                    public void ended() {
                        ended++;
                    }
                },
                false);
    }

    /** Takes some frames, and then throws whatever it is told. */
    private static final class Throwing implements LiveSubscriber {

        private int left;

        Throwing(int left) {
            this.left = left;
        }

        @Override
        public boolean offer(Frame frame) {
            if (left-- > 0) {
                return true;
            }
            throw new IllegalStateException("not now");
        }

        @Override
        public void ended() {
            throw new IllegalStateException("not now");
        }
    }
}
