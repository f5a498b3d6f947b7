package io.steadfast.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.steadfast.core.Instance;
import org.junit.jupiter.api.Test;

/** How the list of instances is kept up to date, whatever the source does. */
class RefreshTests {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    /** The interval and what chance may add to it. */
    private static final Duration A_ROUND = Duration.ofSeconds(11);

    private final AtomicInteger asked = new AtomicInteger();

    private InstanceSource source = () -> Bench.instances("a", "b");

    private Runnable changed = () -> {};

    private boolean stopped;

    private final Bench bench =
            new Bench(Bench.inTurns().keepLastGood(Duration.ofMinutes(10)).build(), new InstanceSource() {
                @Override
                public List<Instance> instances() throws Exception {
                    asked.incrementAndGet();
                    return source.instances();
                }

                @Override
                public Runnable onChange(Runnable told) {
                    changed = told;
                    return () -> stopped = true;
                }
            });

    private List<String> ids() {
        return bench.pool.instances().stream()
                .map(state -> state.instance().id())
                .toList();
    }

    private void roundsPass(int rounds) {
        for (int i = 0; i < rounds; i++) {
            bench.pass(A_ROUND);
        }
    }

    @Test
    void whenTimePasses_thenTheSourceIsAskedAgainInIntervals() {
        bench.settleDown();
        assertThat(asked).hasValue(1);
        bench.pass(Duration.ofSeconds(100));
        assertThat(asked.get()).isBetween(10, 12);
    }

    @Test
    void whenInstancesComeAndGo_thenThoseThatStayKeepWhatIsKnownOfThem() {
        bench.settleDown();
        bench.failAt("b", 5);
        source = () -> Bench.instances("b", "c");
        roundsPass(1);
        assertThat(ids()).containsExactly("b", "c");
        assertThat(bench.status("b")).isEqualTo(InstanceState.Status.EJECTED);
        assertThat(bench.state("b").failed()).isEqualTo(5);
    }

    @Test
    void whenAnInstanceMoves_thenCallsFollow() {
        bench.settleDown();
        URI moved = URI.create("http://b:9090");
        source = () -> List.of(new Instance("stock", "b", moved, 1, null, Map.of()));
        roundsPass(1);
        assertThat(bench.attempt().lease().instance().uri()).isEqualTo(moved);
    }

    @Test
    void whenTheSourceFails_thenTheLastListIsKeptForAWhileAndTheTroubleIsTold() {
        bench.settleDown();
        source = () -> {
            throw new IllegalStateException("registry is down");
        };
        roundsPass(2);
        assertThat(ids()).containsExactly("a", "b");
        assertThat(bench.pool.trouble())
                .hasValueSatisfying(line -> assertThat(line).contains("registry is down"));
        assertThat(bench.pool.refreshFailures()).isPositive();
        assertThat(bench.pool.listAge())
                .hasValueSatisfying(age -> assertThat(age).isGreaterThan(INTERVAL));
        roundsPass(60);
        assertThat(ids()).isEmpty();
        source = () -> Bench.instances("z");
        roundsPass(1);
        assertThat(ids()).containsExactly("z");
        assertThat(bench.pool.trouble()).isEmpty();
    }

    @Test
    void whenTheSourceNamesNobody_thenThatIsNotBelievedAtOnce() {
        bench.settleDown();
        source = List::of;
        roundsPass(3);
        assertThat(ids()).containsExactly("a", "b");
        roundsPass(60);
        assertThat(ids()).isEmpty();
    }

    @Test
    void whenTheSourceThrowsAnError_thenItIsAskedAgain() {
        bench.settleDown();
        source = () -> {
            throw new NoClassDefFoundError("registry/Client");
        };
        roundsPass(2);
        source = () -> Bench.instances("c");
        roundsPass(1);
        assertThat(ids()).containsExactly("c");
    }

    @Test
    void whenTheSourceAnswersNull_thenTheListIsKept() {
        bench.settleDown();
        source = () -> null;
        roundsPass(2);
        assertThat(ids()).containsExactly("a", "b");
        assertThat(bench.pool.trouble()).hasValue("the source answered with null");
    }

    @Test
    void whenTheListHasHoles_thenTheRestCounts() {
        source = () -> Arrays.asList(Bench.instance("a"), null, Bench.instance("c"));
        bench.settleDown();
        assertThat(ids()).containsExactly("a", "c");
        assertThat(bench.pool.trouble()).hasValue("the source names an instance that is null");
    }

    @Test
    void whenAnIdIsNamedTwice_thenTheFirstCountsAndADifferenceIsTold() {
        Instance twin = new Instance("stock", "a", URI.create("http://other:1"), 1, null, Map.of());
        source = () -> List.of(Bench.instance("a"), Bench.instance("a"));
        bench.settleDown();
        assertThat(ids()).containsExactly("a");
        assertThat(bench.pool.trouble()).isEmpty();
        source = () -> List.of(Bench.instance("a"), twin);
        roundsPass(1);
        assertThat(bench.state("a").instance().uri()).hasHost("a");
        assertThat(bench.pool.trouble())
                .hasValue("the source names a more than once, and differently; the first counts");
    }

    @Test
    void whenTheListIsHuge_thenItIsCut() {
        source = () -> IntStream.range(0, 50_000)
                .mapToObj(i -> Bench.instance("i" + i))
                .toList();
        bench.settleDown();
        assertThat(bench.pool.instances()).hasSize(NamedInstances.MOST);
        assertThat(bench.pool.trouble())
                .hasValueSatisfying(line -> assertThat(line).contains("more than 10000"));
    }

    @Test
    void whenTheSourceHangs_thenItIsNotAskedAgainMeanwhileAndTheListLastsAsLongAsItMay() {
        bench.settleDown();
        List<Integer> during = new ArrayList<>();
        source = () -> {
            during.add(asked.get());
            bench.pool.refreshNow(); // while it is being asked
            bench.pass(Duration.ofMinutes(9));
            during.add(asked.get());
            assertThat(ids()).containsExactly("a", "b");
            bench.pass(Duration.ofMinutes(2));
            assertThat(ids()).isEmpty();
            source = () -> Bench.instances("late");
            return Bench.instances("late");
        };
        roundsPass(1);
        assertThat(during).hasSize(2);
        assertThat(during.get(0)).isEqualTo(during.get(1));
        roundsPass(1);
        assertThat(ids()).containsExactly("late");
    }

    @Test
    void whenTheSourceSaysThatSomethingChanged_thenItIsAskedOnceHoweverOftenItSaysSo() {
        bench.settleDown();
        bench.pass(Duration.ofSeconds(1));
        for (int i = 0; i < 100; i++) {
            changed.run();
        }
        bench.pass(Duration.ofSeconds(1));
        assertThat(asked).hasValue(2);
    }

    @Test
    void whenClosed_thenTheSourceIsLeftAlone() {
        bench.settleDown();
        bench.policy.close();
        bench.pass(Duration.ofHours(3));
        changed.run();
        bench.settleDown();
        assertThat(asked).hasValue(1);
        assertThat(stopped).isTrue();
        assertThat(bench.timer.pendingTasks()).isZero();
        assertThat(bench.next(2)).containsExactlyInAnyOrder("a", "b");
    }
}
