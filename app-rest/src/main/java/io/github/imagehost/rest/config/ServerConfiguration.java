package io.github.imagehost.rest.config;

import io.github.imagehost.rest.accesslog.AccessLog;
import io.github.imagehost.rest.body.UnreadBodyValve;
import io.github.imagehost.rest.error.ErrorEnvelopeValve;
import io.github.imagehost.rest.guard.ClientAddresses;
import io.github.imagehost.rest.request.ClientPresence;
import io.github.imagehost.rest.request.HttpProtocol;
import io.github.imagehost.rest.request.RequestLog;
import io.github.imagehost.rest.request.SpokenProtocols;
import io.github.imagehost.rest.settings.ServiceSettings;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import tools.jackson.databind.json.JsonMapper;

/** The web server. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ServerConfiguration {

    /** Half of what the S3 client has connections for. */
    private static final int MOST_PARTS_AT_ONCE = 32;

    /**
     * How much of an answer the system takes at once: most pictures whole, so that nobody waits for their clients. A
     * system that grants less says so by taking less.
     */
    private static final int SEND_BUFFER = 256 * 1024;

    /** Bodies are read in pieces of this size at the most: each piece costs a call of the system. */
    private static final int READ_BUFFER = 32 * 1024;

    private static final int WRITE_BUFFER = 8 * 1024;

    /** Those of a connection and of a request that it is at, heads included. */
    private static final int BUFFERS_OF_A_CONNECTION = 2 * (READ_BUFFER + WRITE_BUFFER);

    /** Tomcat's usual number. */
    private static final int MOST_CONNECTIONS = 8192;

    /** Whoever opens connections and says nothing leaves the rest to others. */
    private static final int SHARE_OF_HEAP_FOR_CONNECTIONS = 3;

    /** However small the heap is: for all who upload nothing while there are as many uploads as there may be. */
    private static final int OTHER_CONNECTIONS = 250;

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat(
            ServiceSettings settings,
            UnreadBodyValve unreadBodyValve,
            RequestLog requestLog,
            SpokenProtocols spokenProtocols,
            ClientPresence clientPresence,
            ErrorEnvelopeValve errorValve,
            ClientAddresses addresses,
            JsonMapper json,
            InstantSource clock) {
        return factory -> {
            factory.setAddress(settings.bindAddress());
            factory.setPort(settings.port());
            factory.setProtocol(HttpProtocol.class.getName());
            // of the engine, since requests that no host can be found for are told, too
            settings.accessLog()
                    .ifPresent(file -> factory.addEngineValves(new AccessLog(file, addresses, json, clock)));
            factory.addContextCustomizers(context -> {
                StandardHost host = (StandardHost) context.getParent();
                host.setErrorReportValveClass("");
                host.getPipeline().addValve(unreadBodyValve);
                host.getPipeline().addValve(requestLog);
                host.getPipeline().addValve(spokenProtocols);
                host.getPipeline().addValve(clientPresence);
                host.getPipeline().addValve(errorValve);
            });
            factory.addConnectorCustomizers(connector -> {
                AbstractHttp11Protocol<?> protocol = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
                protocol.setMaxConnections(mostConnections(settings));
                // so that nobody waits for a thread because others are slow to send or to take something
                protocol.setMaxThreads(protocol.getMaxConnections());
                protocol.setContinueResponseTiming("onRead");
                connector.setProperty("socket.txBufSize", String.valueOf(SEND_BUFFER));
                connector.setProperty("socket.appReadBufSize", String.valueOf(READ_BUFFER));
                connector.setProperty("socket.appWriteBufSize", String.valueOf(WRITE_BUFFER));
                // no path is refused for its characters: controllers are chosen by the path as it came, and read names
                // in it
                connector.setURIEncoding(StandardCharsets.ISO_8859_1.name());
                // parameters are not in the path's encoding but in the request's, which is always UTF-8
                connector.setUseBodyEncodingForURI(true);
            });
        };
    }

    private static int mostConnections(ServiceSettings settings) {
        long room = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP_FOR_CONNECTIONS / BUFFERS_OF_A_CONNECTION;
        return (int) Math.max(
                Math.min(room, MOST_CONNECTIONS), settings.uploadLimits().count() + OTHER_CONNECTIONS);
    }

    /**
     * Stores files of requests that have several. When all its threads are busy, those who ask do it themselves: nobody
     * waits for a thread, and many such requests don't keep others from the store.
     */
    @Bean(destroyMethod = "shutdown")
    ExecutorService partExecutor() {
        CustomizableThreadFactory threads = new CustomizableThreadFactory("part-");
        threads.setDaemon(true);
        return new ThreadPoolExecutor(
                0,
                MOST_PARTS_AT_ONCE,
                60,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                threads,
                (work, pool) -> work.run());
    }

    @Bean
    Executor healthExecutor() {
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("health-");
        executor.setDaemon(true);
        return executor;
    }
}
