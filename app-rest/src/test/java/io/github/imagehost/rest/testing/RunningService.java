package io.github.imagehost.rest.testing;

import io.github.imagehost.rest.ImageHostApplication;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The service in this JVM, on a free port of the loopback address. */
public final class RunningService implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts it on its embedded default, with its data in this directory. */
    public static RunningService embedded(Path dataDirectory) {
        return with(dataDirectory, Map.of());
    }

    /** Starts it with further settings. */
    public static RunningService with(Path dataDirectory, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("DATA_DIR", dataDirectory.toString());
        environment.putIfAbsent("PORT", "0");
        environment.putIfAbsent("PUBLIC_URL", "http://images.test");
        return new RunningService(ImageHostApplication.start(environment));
    }

    /** Talks to it. */
    public Client client() {
        return new Client(URI.create("http://127.0.0.1:" + port()));
    }

    /** Where it listens. */
    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** A part of it, to look into. */
    public <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    /**
     * How much of an answer waits in a socket until the client takes it, in bytes, on connections that are made from
     * now on.
     */
    public void setSendBufferSize(int bytes) {
        TomcatWebServer server =
                (TomcatWebServer) Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer());
        server.getTomcat().getConnector().setProperty("socket.txBufSize", String.valueOf(bytes));
    }

    @Override
    public void close() {
        context.close();
    }
}
