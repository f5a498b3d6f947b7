package io.steadfast.samples.storefront.show;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.steadfast.spring.StateChangedEvent;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/** Runs the show. Being last in phase, it begins when the web server listens and ends before it stops. */
@Component
@EnableConfigurationProperties(ShowProperties.class)
class Show implements SmartLifecycle {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ShowProperties properties;

    private final Visitors visitors;

    private final Crawler crawler;

    private final Board board;

    private final ObjectProvider<EachSecond> script;

    private final ConfigurableApplicationContext application;

    private final ThreadPoolTaskScheduler clock = new ThreadPoolTaskScheduler();

    private volatile boolean running;

    private volatile boolean visited;

    private final AtomicLong seconds = new AtomicLong();

    Show(
            ShowProperties properties,
            Visitors visitors,
            Crawler crawler,
            Board board,
            ObjectProvider<EachSecond> script,
            ConfigurableApplicationContext application) {
        this.properties = properties;
        this.visitors = visitors;
        this.crawler = crawler;
        this.board = board;
        this.script = script;
        this.application = application;
    }

    @Override
    public void start() {
        running = true;
        Environment environment = application.getEnvironment();
        boolean inside = environment.getProperty("services", "inside").equals("inside");
        visited = properties.traffic().wanted(inside);
        URI shop = URI.create("http://localhost:" + environment.getProperty("local.server.port"));
        board.say(List.of(Opening.shop(shop, environment.containsProperty("server.port"))));
        board.say(Opening.pages(shop, inside));
        if (visited) {
            board.say(Opening.table(properties, inside));
            visitors.send(shop).join(); // the first page takes long, because so much is loaded for it
            board.begin();
        }
        startClock(shop);
    }

    private void startClock(URI shop) {
        clock.setPoolSize(3);
        clock.setDaemon(true);
        clock.setThreadNamePrefix("storefront-");
        clock.initialize();
        clock.scheduleAtFixedRate(this::tick, clock.getClock().instant().plus(SECOND), SECOND);
        clock.scheduleAtFixedRate(
                whileVisited(() -> visitors.send(shop)),
                SECOND.dividedBy(properties.traffic().perSecond()));
        clock.scheduleAtFixedRate(whileVisited(() -> crawler.crawl(shop)), SECOND.dividedBy(Crawler.PAGES_A_SECOND));
    }

    private Runnable whileVisited(Runnable act) {
        return () -> {
            if (visited) {
                act.run();
            }
        };
    }

    private void tick() {
        long second = seconds.incrementAndGet();
        if (visited && second % properties.reportEvery().toSeconds() == 0) {
            board.row(second);
        }
        script.forEach(act -> act.news(second).forEach(this::tell));
        if (visited && second >= properties.traffic().duration().toSeconds()) {
            tell("the last visitor has left; the shop stays open");
            visited = false;
        }
        if (properties.runFor() != null && second == properties.runFor().toSeconds()) {
            new SimpleAsyncTaskExecutor("storefront-closing-").execute(application::close);
        }
    }

    /** Says when a breaker opens and when it is closed again; the half-open moments between would only be noise. */
    @EventListener
    void breakerChanged(StateChangedEvent change) {
        if (change.to().equals("CLOSED")) {
            tell("the breaker of " + change.name() + " closes again");
        } else if (change.from().equals("CLOSED")) {
            tell("the breaker of " + change.name() + " opens");
        }
    }

    private void tell(String text) {
        if (visited) {
            board.news(seconds.get(), text);
        }
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
