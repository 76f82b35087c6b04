package io.github.imagehost.rest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The packaged service, which people reach by the address that it tells. Each visitor is an owner of his own, so that
 * tests share a service and see nothing of each other.
 */
final class Site implements AutoCloseable {

    private static final String ADMIN_TOKEN = "an-administrators-token-for-the-tests-of-the-page";

    /** In settings, what stands for where it listens. */
    static final String OWN_PORT = "{port}";

    private static final Map<Map<String, String>, Site> SHARED = new ConcurrentHashMap<>();

    private final Path directory;
    private final Map<String, String> settings;
    private final int port;
    private final AtomicInteger owners = new AtomicInteger();
    private ServiceProcess process;

    private Site(Path directory, Map<String, String> further) {
        this.directory = directory;
        this.port = freePort();
        this.settings = new HashMap<>(Map.of(
                "ACCESS",
                "token",
                "ADMIN_TOKEN",
                ADMIN_TOKEN,
                "PORT",
                String.valueOf(port),
                "PUBLIC_URL",
                "http://127.0.0.1:" + port));
        further.forEach((name, value) -> settings.put(name, value.replace(OWN_PORT, String.valueOf(port))));
        this.process = start();
    }

    /** The one that all tests of this JVM share; it ends with the JVM. */
    static Site shared() {
        return shared(Map.of());
    }

    /** As {@link #shared()}, for the tests that want these further settings. */
    static Site shared(Map<String, String> further) {
        return SHARED.computeIfAbsent(further, settings -> {
            try {
                Site site = new Site(Files.createTempDirectory("imagehost-page-"), settings);
                Runtime.getRuntime().addShutdownHook(new Thread(site::close));
                return site;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** One with further settings, in this directory. */
    static Site with(Path directory, Map<String, String> settings) {
        return new Site(directory, settings);
    }

    /** Where it listens. */
    int port() {
        return port;
    }

    /** Where the page is. */
    String page() {
        return page("127.0.0.1");
    }

    /** Where the page is by another name of this machine. */
    String page(String host) {
        return "http://" + host + ":" + port + "/app/";
    }

    /** The name of a new owner, who may do what users may. */
    String newOwner() {
        String name = "visitor" + owners.incrementAndGet();
        Answer added = administrator("/api/admin/owners", "{\"name\":\"" + name + "\"}");
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        return added.json().at("/data/id").asString();
    }

    /** A secret that lets an owner in once. */
    String loginSecret(String owner) {
        return administrator("/api/admin/owners/" + owner + "/login-link", "")
                .json()
                .at("/data/link")
                .asString();
    }

    /** What an administrator sends. */
    Answer administrator(String path, String json) {
        try {
            return process.client().postJson(path, json, "Authorization", "Bearer " + ADMIN_TOKEN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks without a browser. */
    Client client() {
        return process.client();
    }

    /** Ends it as if its machine had lost power. */
    void kill() {
        process.close();
    }

    /** Starts it again, with what it had. */
    void startAgain() {
        process = start();
    }

    @Override
    public void close() {
        process.close();
    }

    private ServiceProcess start() {
        try {
            return ServiceProcess.start(directory, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
