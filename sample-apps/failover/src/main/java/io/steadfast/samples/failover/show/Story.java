package io.steadfast.samples.failover.show;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.springframework.stereotype.Component;

/** What happens, and when. */
@Component
class Story {

    private final Fleet fleet;

    Story(Fleet fleet) {
        this.fleet = fleet;
    }

    /** Does what is due. */
    List<String> at(long second) {
        return switch ((int) second) {
            case 8 -> tell(one().name() + " is killed (SIGKILL)", one()::kill);
            case 16 -> tell(one().name() + " is started again", one()::start);
            case 26 ->
                tell(
                        two().name() + " is frozen (SIGSTOP): it holds its connections, and answers nothing",
                        two()::freeze);
            case 34 -> tell(two().name() + " goes on (SIGCONT)", two()::thaw);
            case 41 -> tell(three().name() + " answers 500; its health check says it is well", () -> three().err(true));
            case 48 -> tell(three().name() + " has no bug any more", () -> three().err(false));
            case 54 ->
                tell(
                        one().name() + " is asked to end (SIGTERM), as in a deployment; then it is started again",
                        this::deploy);
            case 70 -> List.of("the story is over; the shop stays open. Kill an instance yourself: see README.md");
            default -> List.of();
        };
    }

    private static List<String> tell(String text, Runnable act) {
        act.run();
        return List.of(text);
    }

    private void deploy() {
        StockProcess instance = one();
        CompletableFuture<Process> ended = instance.leave();
        ended.thenRun(instance::start);
    }

    private StockProcess one() {
        return fleet.instances().get(0);
    }

    private StockProcess two() {
        return fleet.instances().get(1);
    }

    private StockProcess three() {
        return fleet.instances().get(2);
    }
}
