package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.steadfast.core.time.Ticker;
import io.steadfast.core.time.Timer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients note about an attempt. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CallNotesTests {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final HandTimer timer = new HandTimer();

    private final Journal journal = new Journal();

    private final NotesReader reader = new NotesReader();

    private Pipeline pipeline(Policy... policies) {
        return pipeline(timer.runtime(journal), policies);
    }

    private Pipeline pipeline(PolicyRuntime runtime, Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("call").reader(reader).runtime(runtime);
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    private PolicyRuntime system() {
        return new PolicyRuntime(Ticker.system(), Timer.system(), journal);
    }

    private static Notes note(String line) {
        Notes notes = Call.current().notes(Notes.class, Notes::new);
        notes.lines.add(line);
        return notes;
    }

    @ParameterizedTest
    @EnumSource
    void whenAClientNotesSomething_thenTheReaderFindsIt(Way way) throws Exception {
        way.run(pipeline(new Judge(1)), timer, () -> {
            note("status 503");
            return note("retry after 3 s");
        });
        assertThat(reader.found).containsExactly("[status 503, retry after 3 s]");
    }

    @ParameterizedTest
    @EnumSource
    void whenAnotherAttemptBegins_thenItHasNoNotes(Way way) throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        way.run(pipeline(new Judge(3)), timer, () -> {
            int attempt = attempts.incrementAndGet();
            if (attempt != 2) {
                note("attempt " + attempt);
            }
            if (attempt < 3) {
                throw new IOException("down");
            }
            return "ok";
        });
        assertThat(reader.found).containsExactly("[attempt 1]", "none", "[attempt 3]");
    }

    @Test
    void whenNotesAreOfAnotherType_thenThereAreNone() {
        Call call = Call.of("call");
        Notes mine = call.notes(Notes.class, Notes::new);
        assertThat(call.notes(String.class, () -> "others")).isNull();
        assertThat(call.notes(String.class)).isNull();
        assertThat(call.notes(Notes.class)).isSameAs(mine).isSameAs(call.notes(Notes.class, Notes::new));
    }

    @Test
    void whenNobodyHasNotedAnything_thenThereAreNoNotes() {
        assertThat(Call.of("call").notes(Notes.class)).isNull();
    }

    @Test
    void whenTwoThreadsNoteAtOnce_thenBothHaveTheSameNotes() throws Exception {
        for (int round = 0; round < 500; round++) {
            Call call = Call.of("call");
            CyclicBarrier start = new CyclicBarrier(2);
            Set<Notes> got = ConcurrentHashMap.newKeySet();
            Thread other = new Thread(() -> noteTogether(call, start, got));
            other.start();
            noteTogether(call, start, got);
            other.join();
            assertThat(got).hasSize(1);
            assertThat(call.notes(Notes.class).lines).hasSize(2);
        }
    }

    private static void noteTogether(Call call, CyclicBarrier start, Set<Notes> got) {
        try {
            start.await();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
        Notes notes = call.notes(Notes.class, Notes::new);
        notes.lines.add("here");
        got.add(notes);
    }

    @Test
    void whenAnAttemptRunsOnAThreadOfItsOwn_thenItsNotesAndCountReachTheCaller() throws Exception {
        AtomicReference<Call> seen = new AtomicReference<>();
        AtomicInteger attempts = new AtomicInteger();
        Judge judge = new Judge(2);
        pipeline(system(), judge, CountingLimit.onSeparateThread(LONG)).call(() -> {
            seen.set(Call.current());
            note("attempt " + attempts.incrementAndGet());
            if (attempts.get() == 1) {
                throw new IOException("down");
            }
            return "ok";
        });
        assertThat(reader.found).containsExactly("[attempt 1]", "[attempt 2]");
        assertThat(judge.attempts).containsExactly(1, 2);
        assertThat(seen.get()).isNotNull();
        assertThat(Call.current()).isNull();
    }

    @Test
    void whenALimitInsideRepeatsOnAThreadOfItsOwn_thenAllAttemptsAreCounted() {
        Judge outer = new Judge(1);
        assertThat(catchThrowable(() -> pipeline(
                                system(),
                                outer,
                                CountingLimit.onSeparateThread(LONG),
                                new Policies.Retry(3, 0, any -> true))
                        .call(() -> {
                            note("down");
                            throw new IOException("down");
                        })))
                .isInstanceOf(IOException.class);
        assertThat(outer.attempts).containsExactly(3);
        assertThat(reader.found).containsExactly("[down]");
    }

    @Test
    void whenAnAttemptIsLeftBehind_thenWhatItNotesLaterIsNotOfTheNext() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch noted = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();
        CountingLimit limit =
                CountingLimit.onSeparateThread(Duration.ofMillis(20)).laterAttempts(LONG);
        pipeline(system(), new Judge(2), limit).call(() -> {
            if (attempts.incrementAndGet() == 1) {
                awaitDeaf(second);
                note("late");
                noted.countDown();
                return "late";
            }
            note("second");
            second.countDown();
            noted.await();
            return "ok";
        });
        assertThat(reader.found).containsExactly("none", "[second]");
    }

    private static void awaitDeaf(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException deaf) {
                // goes on
            }
        }
    }

    private static final class Notes {

        private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    }

    private static final class NotesReader implements OutcomeReader {

        private final List<String> found = new ArrayList<>();

        private void read(Call call) {
            Notes notes = call.notes(Notes.class);
            found.add(notes == null ? "none" : notes.lines.toString());
        }
    }

    /** Looks at the notes of each outcome, and repeats failures. */
    private final class Judge implements Recovery {

        private final int most;

        private final List<Integer> attempts = new ArrayList<>();

        private Judge(int most) {
            this.most = most;
        }

        @Override
        public PolicyId id() {
            return new PolicyId("judge", "test");
        }

        @Override
        public Verdict judge(Call call, int attempt, Object result, Throwable failure) {
            reader.read(call);
            attempts.add(call.attempts());
            return failure != null && attempt < most ? Verdict.again(0) : Verdict.keep();
        }
    }
}
