package io.github.imagehost.rest.config;

import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.rest.web.ErrorEnvelopeValve;
import java.util.concurrent.Executor;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The web server. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ServerConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat(
            ServiceSettings settings, UploadPolicy policy, ErrorEnvelopeValve errorValve) {
        return factory -> {
            factory.setAddress(settings.bindAddress());
            factory.setPort(settings.port());
            factory.addContextCustomizers(context -> {
                StandardHost host = (StandardHost) context.getParent();
                host.setErrorReportValveClass("");
                host.getPipeline().addValve(errorValve);
            });
            factory.addConnectorCustomizers(connector -> {
                AbstractHttp11Protocol<?> protocol = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
                // a client reads no answer before it has sent its file, so that one that is somewhat too large is read
                // too
                protocol.setMaxSwallowSize((int) Math.min(Integer.MAX_VALUE, 2 * policy.maxFileSize()));
                protocol.setContinueResponseTiming("onRead");
            });
        };
    }

    @Bean
    Executor healthExecutor() {
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("health-");
        executor.setDaemon(true);
        return executor;
    }
}
