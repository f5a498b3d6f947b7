package io.steadfast.samples.storefront.services;

import java.util.ArrayList;
import java.util.List;

import io.steadfast.samples.storefront.services.TroubleScript.Step;
import io.steadfast.samples.storefront.show.Crawler;
import io.steadfast.samples.storefront.show.EachSecond;

/** Lets the services inside fail and recover, and the crawler come and leave, as the script says. */
final class ScriptedTrouble implements EachSecond {

    private final PretendServices services;

    private final Crawler crawler;

    private volatile boolean paused;

    ScriptedTrouble(PretendServices services, Crawler crawler) {
        this.services = services;
        this.crawler = crawler;
    }

    boolean isPaused() {
        return paused;
    }

    /** Leaves everything to whoever pushes the buttons, or goes on where the clock is. */
    void pause(boolean pause) {
        paused = pause;
    }

    @Override
    public List<String> news(long second) {
        List<String> news = new ArrayList<>();
        if (paused) {
            return news;
        }
        for (Step step : TroubleScript.at(second)) {
            services.of(step.service()).become(step.mood());
            news.add(step.toString());
        }
        switch ((int) (second % TroubleScript.SECONDS)) {
            case TroubleScript.CRAWLER_COMES -> news.add(crawler.come());
            case TroubleScript.CRAWLER_LEAVES -> news.add(crawler.leave());
            default -> {
                // nothing of the crawler
            }
        }
        return news;
    }
}
