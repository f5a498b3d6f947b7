package io.steadfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A limit cannot end what is done before the stage is handed out. That is said once. */
class CompletedStageNoteTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final Logger LOGGER = Logger.getLogger("io.steadfast.core");

    private final List<String> notes = new CopyOnWriteArrayList<>();

    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord line) {
            notes.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final HandTimer timer = new HandTimer();

    @BeforeEach
    void listen() {
        LOGGER.addHandler(ear);
    }

    @AfterEach
    void stopListening() {
        LOGGER.removeHandler(ear);
    }

    private Pipeline pipeline(Policy... policies) {
        Pipeline.Builder builder = Pipeline.named("stock").runtime(timer.runtime());
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        return builder.build();
    }

    private static CompletionStage<String> complete() {
        return CompletableFuture.completedFuture("ok");
    }

    @Test
    void whenAStageIsCompleteAlready_thenItIsPointedOutOncePerPipeline() {
        Pipeline pipeline = pipeline(Policies.limit("attempt", SECOND));
        for (int i = 0; i < 3; i++) {
            pipeline.callAsync(CompletedStageNoteTests::complete);
        }
        assertThat(notes).singleElement().asString().startsWith("INFO Call 'stock' has a time limit, but returned");
        pipeline(Policies.limit("attempt", SECOND)).callAsync(() -> complete().thenApply(answer -> answer));
        assertThat(notes).hasSize(2);
    }

    @Test
    void whenAStageOfAnotherKindIsComplete_thenItIsPointedOutToo() {
        pipeline(Policies.limit("attempt", SECOND)).callAsync(() -> CompletableFuture.completedStage("ok"));
        assertThat(notes).hasSize(1);
    }

    @Test
    void whenThereIsNoLimitOfItsOwn_thenNothingIsSaid() throws Exception {
        Pipeline pipeline = pipeline(Policies.limit("none", Duration.ZERO));
        pipeline.callAsync(CompletedStageNoteTests::complete);
        Deadline.in(SECOND, timer).call(() -> pipeline.callAsync(CompletedStageNoteTests::complete));
        assertThat(notes).isEmpty();
    }

    @Test
    void whenTheStageIsUnderWay_thenNothingIsSaid() {
        CompletableFuture<String> own = new CompletableFuture<>();
        pipeline(Policies.limit("attempt", SECOND)).callAsync(() -> own);
        own.complete("ok");
        assertThat(notes).isEmpty();
    }

    @Test
    void whenTheMethodHasAThreadOfItsOwn_thenNothingIsSaid() {
        Pipeline pipeline =
                pipeline(Policies.limit("total", SECOND.multipliedBy(9)), CountingLimit.onSeparateThread(SECOND));
        CompletableFuture<String> returned = pipeline.callAsync(CompletedStageNoteTests::complete);
        timer.advance(0);
        assertThat(returned).isCompletedWithValue("ok");
        assertThat(notes).isEmpty();
    }
}
