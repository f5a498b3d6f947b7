package io.steadfast.ratelimiter.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A wire to a server that can be made to hold everything back, as a dead network does: nothing is refused, nothing arrives. */
public final class FaultyWire implements AutoCloseable {

    private final int serverPort;

    private final ServerSocket entrance;

    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "faulty-wire");
        thread.setDaemon(true);
        return thread;
    });

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition mended = lock.newCondition();

    private boolean holding;

    public FaultyWire(int serverPort) {
        this.serverPort = serverPort;
        try {
            this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public int port() {
        return entrance.getLocalPort();
    }

    public void holdEverythingBack() {
        hold(true);
    }

    public void mend() {
        hold(false);
    }

    private void hold(boolean on) {
        lock.lock();
        try {
            holding = on;
            mended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                sockets.add(client);
                sockets.add(server);
                threads.execute(() -> pump(client, server));
                threads.execute(() -> pump(server, client));
            }
        } catch (IOException closed) {
            close();
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                waitUntilMended();
                out.write(buffer, 0, read);
            }
        } catch (IOException | InterruptedException closed) {
            // the other side goes too
        }
    }

    private void waitUntilMended() throws InterruptedException {
        lock.lock();
        try {
            while (holding) {
                mended.await();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
