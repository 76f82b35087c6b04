package io.github.imagehost.rest.metrics;

import io.github.imagehost.core.settings.SettingsException;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells Prometheus what was measured, at {@code /metrics} of a port that tells nothing else. */
public final class MetricsServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MetricsServer.class);

    private static final int NOT_FOUND = 404;
    private static final int WITHOUT_BODY = -1;

    private final HTTPServer server;

    /**
     * Listens until it is closed.
     *
     * @param address where; port 0 for any free one
     * @param registry what is told
     * @throws SettingsException if it can't listen there
     */
    public MetricsServer(InetSocketAddress address, PrometheusRegistry registry) {
        try {
            server = HTTPServer.builder()
                    .inetAddress(address.getAddress())
                    .port(address.getPort())
                    .registry(registry)
                    .registerHealthHandler(false)
                    .defaultHandler(exchange -> {
                        exchange.sendResponseHeaders(NOT_FOUND, WITHOUT_BODY);
                        exchange.close();
                    })
                    .buildAndStart();
        } catch (IOException e) {
            // without its cause, which would be taken for one of PORT
            throw new SettingsException("METRICS_ADDRESS and METRICS_PORT: nobody can listen at "
                    + address.getAddress().getHostAddress() + ":" + address.getPort() + ": " + e.getMessage());
        }
        log.info(
                "Metrics are told at http://{}:{}/metrics", address.getAddress().getHostAddress(), port());
    }

    /** Where it listens. */
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.close();
    }
}
