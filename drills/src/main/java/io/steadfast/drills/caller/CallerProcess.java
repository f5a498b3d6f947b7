package io.steadfast.drills.caller;

import io.steadfast.drills.process.Lifeline;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** An application that needs the service for each request of its users. The profile says who stands between the two. */
@SpringBootApplication
public class CallerProcess {

    private static final int WARM_UP_REQUESTS = 300;

    /**
     * Runs it until its starter ends it.
     *
     * @param arguments users a second, and Spring properties
     * @throws InterruptedException never
     */
    public static void main(String[] arguments) throws InterruptedException {
        Journal journal = new Journal(Lifeline.hold(order -> {}));
        System.setProperty("spring.config.name", "caller");
        SpringApplication application = new SpringApplication(CallerProcess.class);
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("journal", journal));
        ConfigurableApplicationContext context = application.run(arguments);
        Users users = new Users(context.getBean(StockClient.class), journal);
        users.warmUp(WARM_UP_REQUESTS);
        journal.ready();
        users.come(context.getEnvironment().getRequiredProperty("users.per-second", Integer.class));
    }

    /** The JDK's client for both, with a counter around it. */
    @Bean
    ClientHttpRequestFactoryBuilder<?> counted(Journal journal) {
        return settings ->
                new CountedRequests(ClientHttpRequestFactoryBuilder.jdk().build(settings), journal);
    }
}
