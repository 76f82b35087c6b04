package io.github.imagehost.core.testing;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/**
 * Stands between clients and a server and passes everything on, until told to make it go wrong:
 *
 * <pre>{@code
 * FaultProxy proxy = FaultProxy.to("127.0.0.1", 3306);
 * proxy.next(request -> request.endsWith("COMMIT"), FaultProxy.Fault.loseAnswer());
 * }</pre>
 *
 * <p>For protocols in which a client sends a request, waits for the answer and then sends the next one on the same
 * connection, as HTTP and MySQL's without TLS. What a client sends after an answer is a new request. Safe for use by
 * many threads.
 */
public final class FaultProxy implements AutoCloseable {

    private static final byte[] INTERIM_ANSWER = "HTTP/1.1 100".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER_SIZE = 16 * 1024;
    private static final int ALL_BITS = 0xff;
    private static final int BACKLOG = 50;

    private final List<Plan> nextFaults = new ArrayList<>();
    private final List<Plan> lastingFaults = new ArrayList<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch healing = new CountDownLatch(1);
    private volatile boolean silent;
    private volatile InetSocketAddress target;
    private ServerSocket listener;
    private Thread acceptor;

    private FaultProxy(InetSocketAddress target, ServerSocket listener) {
        this.target = target;
        this.listener = listener;
        this.acceptor = acceptInBackground(listener);
    }

    /** What happens to one request or to the answer to it. Immutable. */
    public static final class Fault {

        private enum Part {
            REQUEST,
            ANSWER
        }

        private enum Effect {
            PASS,
            BREAK,
            STALL,
            DAMAGE,
            REPLACE
        }

        private static final Fault NONE = new Fault(Part.REQUEST, Effect.PASS, 0, "");

        private final Part part;
        private final Effect effect;
        private final long position;
        private final String replacement;

        private Fault(Part part, Effect effect, long position, String replacement) {
            this.part = part;
            this.effect = effect;
            this.position = position;
            this.replacement = replacement;
        }

        /** The connection is reset after this many bytes of the request. */
        public static Fault resetRequestAfter(long bytes) {
            return new Fault(Part.REQUEST, Effect.BREAK, bytes, "");
        }

        /** After this many bytes of the request nothing more of it gets through before the proxy heals. */
        public static Fault stallRequestAfter(long bytes) {
            return new Fault(Part.REQUEST, Effect.STALL, bytes, "");
        }

        /** The byte that follows this many bytes of the request becomes another one. */
        public static Fault damageRequestAfter(long bytes) {
            return new Fault(Part.REQUEST, Effect.DAMAGE, bytes, "");
        }

        /** The client gets this answer and then the end of the connection; the server gets nothing of the request. */
        public static Fault answerInstead(String answer) {
            return new Fault(Part.REQUEST, Effect.REPLACE, 0, answer);
        }

        /** The connection ends instead of passing on the answer; the server has done by then what it was asked. */
        public static Fault loseAnswer() {
            return cutAnswerAfter(0);
        }

        /** The connection ends after this many bytes of the answer. */
        public static Fault cutAnswerAfter(long bytes) {
            return new Fault(Part.ANSWER, Effect.BREAK, bytes, "");
        }

        /** After this many bytes of the answer nothing more of it gets through before the proxy heals. */
        public static Fault stallAnswerAfter(long bytes) {
            return new Fault(Part.ANSWER, Effect.STALL, bytes, "");
        }

        /** The byte that follows this many bytes of the answer becomes another one. */
        public static Fault damageAnswerAfter(long bytes) {
            return new Fault(Part.ANSWER, Effect.DAMAGE, bytes, "");
        }

        /** Whether it happens within the next bytes of this part. */
        private boolean isWithin(Part passing, long passed, int count) {
            return part == passing && position >= passed && position < passed + count;
        }
    }

    /** A way to an HTTP server. The caller closes it. */
    public static FaultProxy to(URI server) {
        return to(server.getHost(), server.getPort());
    }

    /** A way to a server. The caller closes it. */
    public static FaultProxy to(String host, int port) {
        try {
            return new FaultProxy(new InetSocketAddress(host, port), listen(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For faults that hit any request. */
    public static Predicate<String> anyRequest() {
        return request -> true;
    }

    /** Where clients of an HTTP server connect to. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** The port of 127.0.0.1 where clients connect to. */
    public synchronized int port() {
        return listener.getLocalPort();
    }

    /**
     * What happens to the next of these requests, one after the other, on whatever connection; those after them pass.
     *
     * @param requests tells them by what arrived of them first, which is a whole one if it is short; each byte is a
     *     character
     */
    public synchronized void next(Predicate<String> requests, Fault... faults) {
        Arrays.stream(faults).map(fault -> new Plan(requests, fault)).forEach(nextFaults::add);
    }

    /**
     * What happens to each of these requests for which there is no {@linkplain #next next} fault, until the proxy
     * {@linkplain #heal heals}.
     *
     * @param requests as in {@link #next}
     */
    public synchronized void always(Predicate<String> requests, Fault fault) {
        lastingFaults.add(new Plan(requests, fault));
    }

    /** Resets all connections and accepts no more, until the proxy {@linkplain #heal heals}. */
    public synchronized void refuseConnections() throws IOException {
        listener.close();
        // as long as it is in the midst of accepting, the operating system accepts, too
        Uninterruptibles.joinUninterruptibly(acceptor);
        for (Connection connection : connections) {
            connection.reset();
        }
    }

    /** New connections lead to another server; those that there are stay. */
    public void redirectTo(String host, int port) {
        target = new InetSocketAddress(host, port);
    }

    /**
     * Nothing is read and nothing answered, though connections are accepted, until the proxy {@linkplain #heal heals}.
     */
    public void fallSilent() {
        silent = true;
    }

    /** From now on everything passes, what was held back too. */
    public synchronized void heal() throws IOException {
        nextFaults.clear();
        lastingFaults.clear();
        silent = false;
        CountDownLatch held = healing;
        healing = new CountDownLatch(1);
        held.countDown();
        if (listener.isClosed()) {
            listener = listen(listener.getLocalPort());
            acceptor = acceptInBackground(listener);
        }
    }

    /** Whether every {@linkplain #next next} fault has hit a request. */
    public synchronized boolean faultsAreUsedUp() {
        return nextFaults.isEmpty();
    }

    /** Whether the server has answered everything that it got, also what clients no longer wait for. */
    public boolean isQuiet() {
        return connections.stream().allMatch(connection -> connection.exchange.answered);
    }

    @Override
    public synchronized void close() throws IOException {
        listener.close();
        for (Connection connection : connections) {
            connection.close();
        }
        healing.countDown();
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    }

    private Thread acceptInBackground(ServerSocket accepting) {
        return inBackground(() -> {
            while (true) {
                Connection connection = new Connection(accepting.accept());
                connections.add(connection);
                inBackground(connection::serve);
            }
        });
    }

    private synchronized Fault faultFor(String request) {
        for (Iterator<Plan> plans = nextFaults.iterator(); plans.hasNext(); ) {
            Plan plan = plans.next();
            if (plan.requests().test(request)) {
                plans.remove();
                return plan.fault();
            }
        }
        return lastingFaults.stream()
                .filter(plan -> plan.requests().test(request))
                .findFirst()
                .map(Plan::fault)
                .orElse(Fault.NONE);
    }

    private void awaitVoice() throws InterruptedException {
        CountDownLatch end = healing;
        if (silent) {
            end.await();
        }
    }

    private static Thread inBackground(Forwarding forwarding) {
        Thread thread = new Thread(
                () -> {
                    try {
                        forwarding.run();
                    } catch (IOException e) {
                        // a connection that broke: that is what this is for, and its ends notice by themselves
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "fault-proxy");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private record Plan(Predicate<String> requests, Fault fault) {}

    /** A request and its answer. */
    private static final class Exchange {

        private final Fault fault;
        private volatile boolean answered;

        Exchange(Fault fault, boolean answered) {
            this.fault = fault;
            this.answered = answered;
        }
    }

    private final class Connection implements AutoCloseable {

        private final Socket client;
        private final Socket server = new Socket();
        /** What a server says unasked belongs to this first one. */
        private volatile Exchange exchange = new Exchange(Fault.NONE, true);

        Connection(Socket client) {
            this.client = client;
        }

        void serve() throws IOException, InterruptedException {
            try {
                awaitVoice();
                server.connect(target);
                inBackground(this::passOnAnswers);
                passOnRequests();
                // the server may still be at work for a client that no longer waits
                server.shutdownOutput();
            } catch (IOException e) {
                close();
                throw e;
            }
        }

        void reset() throws IOException {
            client.setSoLinger(true, 0);
            server.setSoLinger(true, 0);
            close();
        }

        @Override
        public void close() throws IOException {
            connections.remove(this);
            try (client) {
                server.close();
            }
        }

        private void passOnRequests() throws IOException, InterruptedException {
            byte[] buffer = new byte[BUFFER_SIZE];
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            long passed = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                awaitVoice();
                if (exchange.answered) {
                    String request = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
                    exchange = new Exchange(faultFor(request), false);
                    passed = 0;
                }
                passOn(Fault.Part.REQUEST, exchange.fault, passed, buffer, count, out);
                passed += count;
            }
        }

        private void passOnAnswers() throws IOException, InterruptedException {
            try (this) {
                byte[] buffer = new byte[BUFFER_SIZE];
                InputStream in = server.getInputStream();
                OutputStream out = client.getOutputStream();
                Exchange current = exchange;
                long passed = 0;
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    awaitVoice();
                    if (isInterim(buffer, count)) {
                        out.write(buffer, 0, count);
                        continue;
                    }
                    if (current != exchange) {
                        current = exchange;
                        passed = 0;
                    }
                    current.answered = true;
                    passOn(Fault.Part.ANSWER, current.fault, passed, buffer, count, out);
                    passed += count;
                }
            }
        }

        private void passOn(Fault.Part part, Fault fault, long passed, byte[] buffer, int count, OutputStream out)
                throws IOException, InterruptedException {
            if (!fault.isWithin(part, passed, count)) {
                out.write(buffer, 0, count);
                return;
            }
            int before = (int) (fault.position - passed);
            switch (fault.effect) {
                case PASS -> out.write(buffer, 0, count);
                case BREAK -> {
                    out.write(buffer, 0, before);
                    if (part == Fault.Part.REQUEST) {
                        reset();
                    } else {
                        // a reset would also take from the client what it has not read yet
                        close();
                    }
                }
                case STALL -> {
                    out.write(buffer, 0, before);
                    healing.await();
                    out.write(buffer, before, count - before);
                }
                case DAMAGE -> {
                    buffer[before] ^= (byte) ALL_BITS;
                    out.write(buffer, 0, count);
                }
                case REPLACE -> answerInPlaceOfTheServer(fault.replacement);
            }
        }

        private void answerInPlaceOfTheServer(String answer) throws IOException {
            client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            client.shutdownOutput();
            // a client that still sends would lose the answer if the connection ended before it is done
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
            close();
        }

        private static boolean isInterim(byte[] buffer, int count) {
            int length = INTERIM_ANSWER.length;
            return count >= length && Arrays.equals(buffer, 0, length, INTERIM_ANSWER, 0, length);
        }
    }

    @FunctionalInterface
    private interface Forwarding {
        void run() throws IOException, InterruptedException;
    }
}
