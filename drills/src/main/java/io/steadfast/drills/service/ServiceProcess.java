package io.steadfast.drills.service;

import java.util.concurrent.atomic.AtomicReference;

import io.steadfast.drills.process.Lifeline;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** An ordinary service: Boot, Tomcat, actuator, a registry's client, and our starter, which says when it is about to leave. */
@SpringBootApplication
public class ServiceProcess {

    /**
     * Runs it until its starter ends it.
     *
     * @param arguments Spring properties
     */
    public static void main(String[] arguments) {
        AtomicReference<Stock> stock = new AtomicReference<>();
        Lifeline lifeline = Lifeline.hold(order -> stock.get().feel(Mood.valueOf(order)));
        System.setProperty("spring.config.name", "service");
        SpringApplication application = new SpringApplication(ServiceProcess.class);
        application.addListeners((ApplicationListener<WebServerInitializedEvent>)
                event -> lifeline.tell("LISTENING " + System.currentTimeMillis()));
        stock.set(application.run(arguments).getBean(Stock.class));
        lifeline.tell("READY");
    }
}
