package io.steadfast.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.steadfast.drills.process.JavaProcess;

/**
 * Three instances of a service behind a registry, and two callers under the same load at the same time, so that both meet the same
 * troubles on the same machine in the same state. Each is a process. Closing it ends all of them; so does the end of this process.
 */
public final class Drill implements AutoCloseable {

    private static final int INSTANCES = 3;

    private static final Duration RETURN_LIMIT = Duration.ofSeconds(30);

    private static final long POLL_MILLIS = 50;

    private final Scale scale;

    private final List<Side> sides;

    private final Consumer<String> progress;

    private final List<JavaProcess> processes = new ArrayList<>();

    private final List<Instance> fleet = new ArrayList<>();

    private final Map<Side, Ledger> ledgers = new EnumMap<>(Side.class);

    private final List<Phase> phases = new ArrayList<>();

    private final long begin = System.nanoTime();

    /**
     * Prepares it; nothing runs yet.
     *
     * @param scale how large it is
     * @param sides who calls
     * @param progress is told what happens
     */
    public Drill(Scale scale, List<Side> sides, Consumer<String> progress) {
        this.scale = scale;
        this.sides = sides;
        this.progress = progress;
    }

    /**
     * Runs all troubles, one after the other.
     *
     * @return a row for each trouble and side
     */
    public List<Row> run() {
        assemble();
        for (Trouble trouble : Trouble.values()) {
            run(trouble);
        }
        pause(Duration.ofSeconds(1)); // for those who still wait
        return phases.stream()
                .flatMap(phase -> sides.stream().map(side -> Row.of(phase, side, ledgers.get(side))))
                .toList();
    }

    private void assemble() {
        int registryPort = freePort();
        String registry = "127.0.0.1:" + registryPort;
        say("the registry starts");
        started(JavaProcess.start(
                        "registry",
                        "64m",
                        "io.steadfast.drills.registry.RegistryProcess",
                        List.of(String.valueOf(registryPort)),
                        this::say))
                .awaitReady();
        say(INSTANCES + " instances start");
        for (int number = 1; number <= INSTANCES; number++) {
            fleet.add(new Instance("instance-" + number, freePort(), registry));
        }
        fleet.forEach(Instance::start);
        fleet.forEach(instance -> instance.process().awaitReady());
        say("the callers start: " + scale.usersPerSecond() + " users a second each");
        for (Side side : sides) {
            Ledger ledger = new Ledger();
            ledgers.put(side, ledger);
            started(JavaProcess.start(
                    "caller-" + side.profile(),
                    "160m",
                    "io.steadfast.drills.caller.CallerProcess",
                    List.of(
                            "--spring.profiles.active=" + side.profile(),
                            "--users.per-second=" + scale.usersPerSecond(),
                            "--spring.cloud.zookeeper.connect-string=" + registry),
                    ledger::add));
        }
        processes.forEach(JavaProcess::awaitReady);
        pause(scale.calm());
    }

    private JavaProcess started(JavaProcess process) {
        processes.add(process);
        return process;
    }

    private void run(Trouble trouble) {
        List<Instance> victims = trouble.victims(fleet, busiest());
        long began = System.currentTimeMillis();
        say(trouble.title());
        List<Trouble.End> ends = victims.stream().map(trouble::befall).toList();
        pause(trouble == Trouble.NONE ? scale.steady() : scale.trouble());
        long ended = System.currentTimeMillis();
        ends.forEach(Trouble.End::come);
        Map<Integer, Long> able = new HashMap<>();
        for (Instance victim : victims) {
            victim.process().awaitReady();
            able.put(victim.port(), Math.max(ended, victim.listeningMillis()));
        }
        if (!victims.isEmpty()) {
            say("  it is over");
            awaitReturn(able);
            pause(scale.calm());
        }
        Phase phase = new Phase(trouble, began, ended, able, System.currentTimeMillis());
        phases.add(phase);
        for (Side side : sides) {
            Row row = Row.of(phase, side, ledgers.get(side));
            say("  " + side.title() + ": " + row.answered() + " answered, " + row.failures() + " failed");
        }
    }

    /**
     * The instance that the first side, ours, has used most of late: it does not spread its requests evenly, and trouble where few go
     * would prove little. The peer uses all alike.
     */
    private Instance busiest() {
        long since = System.currentTimeMillis() - scale.calm().toMillis();
        List<Ledger.Sent> sent = ledgers.get(sides.get(0)).sent(millis -> millis >= since);
        return Collections.max(
                fleet,
                Comparator.comparingLong(instance -> sent.stream()
                        .filter(one -> one.port() == instance.port())
                        .count()));
    }

    private void awaitReturn(Map<Integer, Long> able) {
        long limit = System.nanoTime() + RETURN_LIMIT.toNanos();
        while (System.nanoTime() < limit && !ledgers.values().stream().allMatch(ledger -> hasReturned(able, ledger))) {
            pause(Duration.ofMillis(POLL_MILLIS));
        }
    }

    private static boolean hasReturned(Map<Integer, Long> able, Ledger ledger) {
        return able.entrySet().stream()
                .allMatch(
                        one -> Row.served(one.getKey(), one.getValue(), ledger).isPresent());
    }

    private void say(String text) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        progress.accept("%4d s  %s".formatted(seconds, text));
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CompletionException(stop);
        }
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    @Override
    public void close() {
        fleet.forEach(Instance::close);
        processes.forEach(JavaProcess::close);
    }
}
