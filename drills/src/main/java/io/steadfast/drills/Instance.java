package io.steadfast.drills;

import java.util.List;

import io.steadfast.drills.process.JavaProcess;

/** One of the three: always at the same port, each time another process. */
final class Instance implements AutoCloseable {

    private final String name;

    private final int port;

    private final String registry;

    private JavaProcess process;

    /** When the process of now could be connected to; 0 as long as it cannot. */
    private volatile long listeningMillis;

    Instance(String name, int port, String registry) {
        this.name = name;
        this.port = port;
        this.registry = registry;
    }

    void start() {
        listeningMillis = 0;
        process = JavaProcess.start(
                name,
                "64m",
                "io.steadfast.drills.service.ServiceProcess",
                List.of("--server.port=" + port, "--spring.cloud.zookeeper.connect-string=" + registry),
                news -> listeningMillis = Long.parseLong(news.substring(news.indexOf(' ') + 1)));
    }

    JavaProcess process() {
        return process;
    }

    int port() {
        return port;
    }

    long listeningMillis() {
        return listeningMillis;
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
