package io.github.imagehost.rest.config;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.port.repository.MetadataRepository;
import io.github.imagehost.core.port.repository.VariantLedger;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.transaction.BatchCounts;
import io.github.imagehost.rest.cache.CachedImageStore;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.metrics.BacklogMeter;
import io.github.imagehost.rest.metrics.MeterNames;
import io.github.imagehost.rest.metrics.MetricsServer;
import io.github.imagehost.rest.metrics.RequestMeter;
import io.github.imagehost.rest.metrics.StoredBytes;
import io.github.imagehost.rest.metrics.TimedPort;
import io.github.imagehost.rest.settings.ServiceSettings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The metrics, if somebody asks for them; nothing of this is there otherwise. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(ServiceSettings.HAS_METRICS)
class MetricsConfiguration {

    @Bean
    PrometheusMeterRegistry meterRegistry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    /** Binds also what Spring Boot itself knows of the pool of connections and of the web server. */
    @Bean
    MetricsServer metricsServer(ServiceSettings settings, PrometheusMeterRegistry registry, List<MeterBinder> meters) {
        meters.forEach(meter -> meter.bindTo(registry));
        return new MetricsServer(settings.metrics().orElseThrow(), registry.getPrometheusRegistry());
    }

    @Bean
    UnaryOperator<ImageStore> storeTimer(MeterRegistry registry) {
        return store -> TimedPort.of(ImageStore.class, store, MeterNames.STORE, registry, (operation, result) -> {});
    }

    @Bean
    MeterBinder contentCache(ImageStore store) {
        return registry -> {
            if (store instanceof CachedImageStore cached) {
                count(registry, MeterNames.CACHE, MeterNames.OUTCOME, "hit", cached, CachedImageStore::hits);
                count(registry, MeterNames.CACHE, MeterNames.OUTCOME, "fill", cached, CachedImageStore::fills);
            }
        };
    }

    @Bean
    MeterBinder batches(MySqlMetadataRepository repository) {
        return registry -> repository.batchCounts().forEach((work, counts) -> {
            count(registry, MeterNames.BATCHES, MeterNames.WORK, work, counts, BatchCounts::batches);
            count(registry, MeterNames.BATCHED, MeterNames.WORK, work, counts, BatchCounts::members);
        });
    }

    private static <T> void count(
            MeterRegistry registry, String name, String label, String value, T counted, ToDoubleFunction<T> count) {
        FunctionCounter.builder(name, counted, count).tag(label, value).register(registry);
    }

    /** In place of the repository itself wherever its port is asked for. */
    @Bean
    @Primary
    MetadataRepository timedMetadataRepository(MySqlMetadataRepository repository, MeterRegistry registry) {
        return TimedPort.of(
                MetadataRepository.class, repository, MeterNames.DATABASE, registry, new StoredBytes(registry));
    }

    /** Likewise. */
    @Bean
    @Primary
    VariantLedger timedVariantLedger(MySqlMetadataRepository repository, MeterRegistry registry) {
        return TimedPort.of(VariantLedger.class, repository, MeterNames.DATABASE, registry, (operation, result) -> {});
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> requestMeter(MeterRegistry registry) {
        List<String> codes =
                Arrays.stream(ApiError.values()).map(ApiError::code).toList();
        return factory -> factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new RequestMeter(registry, codes)));
    }

    @Bean
    MeterBinder decoding(ImageHost host) {
        return registry -> Gauge.builder(MeterNames.ADMITTED, host, ImageHost::decoding)
                .tag(MeterNames.WORK, "decoding")
                .register(registry);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    BacklogMeter backlog(MySqlMetadataRepository repository, ServiceSettings settings) {
        return new BacklogMeter(repository, settings.sweepInterval());
    }

    @Bean
    JvmGcMetrics garbageCollector() {
        return new JvmGcMetrics();
    }

    @Bean
    MeterBinder process() {
        List<MeterBinder> meters = List.of(
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new ClassLoaderMetrics(),
                new ProcessorMetrics(),
                new FileDescriptorMetrics(),
                new UptimeMetrics());
        return registry -> meters.forEach(meter -> meter.bindTo(registry));
    }
}
