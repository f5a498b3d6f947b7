package io.steadfast.samples.failover.show;

import java.time.Duration;
import java.time.Instant;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/** Runs the play. Being last in phase, it begins when the web server listens and ends before it stops. */
@Component
class Show implements SmartLifecycle {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ShowProperties properties;

    private final Visitors visitors;

    private final Board board;

    private final Story story;

    private final Environment environment;

    private final ThreadPoolTaskScheduler clock = new ThreadPoolTaskScheduler();

    private volatile boolean running;

    private long second;

    Show(ShowProperties properties, Visitors visitors, Board board, Story story, Environment environment) {
        this.properties = properties;
        this.visitors = visitors;
        this.board = board;
        this.story = story;
        this.environment = environment;
    }

    @Override
    public void start() {
        running = true;
        if (properties.visitorsPerSecond() == 0) {
            return;
        }
        String shop = "http://localhost:" + environment.getProperty("local.server.port");
        board.opening(properties, shop).forEach(board::say);
        try {
            visitors.awaitFirst();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return;
        }
        clock.setPoolSize(2);
        clock.setDaemon(true);
        clock.setThreadNamePrefix("show-");
        clock.initialize();
        clock.scheduleAtFixedRate(visitors::send, SECOND.dividedBy(properties.visitorsPerSecond()));
        clock.scheduleAtFixedRate(this::tick, Instant.now().plus(SECOND), SECOND);
    }

    private void tick() {
        second++;
        if (second % properties.rowSeconds() == 0) {
            board.row(second);
        }
        if (properties.story()) {
            story.at(second).forEach(text -> board.news(second, text));
        }
    }

    /** Ctrl-C reaches the instances as soon as the shop: no more visitors, and no row about them, from that moment on. */
    @EventListener(ContextClosedEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void close() {
        clock.shutdown();
    }

    @Override
    public void stop() {
        running = false;
        clock.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
