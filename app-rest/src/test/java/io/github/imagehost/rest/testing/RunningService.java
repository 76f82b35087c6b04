package io.github.imagehost.rest.testing;

import com.zaxxer.hikari.HikariDataSource;
import io.github.imagehost.rest.ImageHostApplication;
import io.github.imagehost.rest.settings.ServiceLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/** The service in this JVM, on a free port of the loopback address. */
public final class RunningService implements AutoCloseable {

    /** In KiB: no test of these services is about how long it takes to guess. */
    private static final int PASSWORD_MEMORY = 64;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ConfigurableApplicationContext context;
    private final Client client;

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
        this.client = new Client(URI.create("http://127.0.0.1:" + port()));
    }

    /** Starts it on its embedded default, open to everybody, with its data in this directory. */
    public static RunningService embedded(Path dataDirectory) {
        return with(dataDirectory, Map.of());
    }

    /** Starts it with further settings; open to everybody unless {@code ACCESS} is among them. */
    public static RunningService with(Path dataDirectory, Map<String, String> settings) {
        return with(dataDirectory, settings, ServiceLimits.DEFAULT);
    }

    /** Starts it with further settings, and with limits that it hits sooner than usual; passwords are always quick. */
    public static RunningService with(Path dataDirectory, Map<String, String> settings, ServiceLimits limits) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("DATA_DIR", dataDirectory.toString());
        environment.putIfAbsent("PORT", "0");
        environment.putIfAbsent("PUBLIC_URL", "http://images.test");
        environment.putIfAbsent("ACCESS", "open");
        return new RunningService(ImageHostApplication.start(environment, limits.withPasswordMemory(PASSWORD_MEMORY)));
    }

    /** Talks to it. */
    public Client client() {
        return client;
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
        setConnectorProperty("socket.txBufSize", String.valueOf(bytes));
    }

    /** From now on the service itself has to send what is in files, as with TLS. */
    public void turnSendfileOff() {
        setConnectorProperty("useSendfile", "false");
    }

    /** How long a client may take nothing of its answer, on connections that are made from now on. */
    public void setClientPatience(Duration patience) {
        setConnectorProperty("connectionTimeout", String.valueOf(patience.toMillis()));
    }

    private void setConnectorProperty(String name, String value) {
        TomcatWebServer server =
                (TomcatWebServer) Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer());
        server.getTomcat().getConnector().setProperty(name, value);
    }

    /** Returns when it has swept for the first time, as it does when it starts. */
    public void awaitFirstSweep() throws InterruptedException {
        // a task that runs has no next time
        Waiting.until(
                "nothing is being swept",
                LIMIT,
                () -> part(ScheduledTaskHolder.class).getScheduledTasks().stream()
                        .allMatch(task -> task.nextExecution() != null));
    }

    /** How long a request waits for a connection to the database from now on. */
    public void setDatabasePatience(Duration patience) {
        part(HikariDataSource.class).setConnectionTimeout(patience.toMillis());
    }

    @Override
    public void close() {
        context.close();
    }
}
