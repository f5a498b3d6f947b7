package io.steadfast.drills.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifelineTests {

    @ParameterizedTest
    @ValueSource(strings = {"running", "frozen"})
    void whenTheStarterIsKilled_thenItsChildrenEnd(String child) throws Exception {
        AtomicReference<String> pid = new AtomicReference<>();
        try (JavaProcess nest = JavaProcess.start("nest", "64m", Nest.class.getName(), List.of(child), pid::set)) {
            nest.awaitReady();
            Optional<ProcessHandle> nestling = ProcessHandle.of(Long.parseLong(pid.get()));
            assertThat(nestling).isPresent();

            nest.kill();

            nestling.get().onExit().get(30, TimeUnit.SECONDS);
        }
    }
}
