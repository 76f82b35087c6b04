package io.github.imagehost.rest.config;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.local.DirectoryImageStore;
import io.github.imagehost.core.port.ImageStore;
import io.github.imagehost.core.port.MetadataRepository;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.s3.S3ImageStore;
import io.github.imagehost.s3.S3Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The image host and what it is made of. */
@Configuration(proxyBeanMethods = false)
class HostConfiguration {

    @Bean
    ImageStore imageStore(Settings settings) {
        return S3Settings.areIn(settings)
                ? S3ImageStore.create(S3Settings.from(settings))
                : DirectoryImageStore.from(settings);
    }

    @Bean
    UploadPolicy uploadPolicy(Settings settings) {
        return UploadPolicy.from(settings);
    }

    @Bean
    ImageLinks imageLinks(Settings settings) {
        return ImageLinks.from(settings);
    }

    /** Its parts are beans of their own and are closed as such. */
    @Bean(destroyMethod = "")
    ImageHost imageHost(ImageStore store, MetadataRepository repository, UploadPolicy policy, ServiceSettings service) {
        return ImageHost.builder()
                .store(store)
                .metadata(repository)
                .policy(policy)
                .spoolDirectory(service.dataDirectory().spool())
                .build();
    }
}
