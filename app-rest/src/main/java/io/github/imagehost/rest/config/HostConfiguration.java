package io.github.imagehost.rest.config;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.album.Albums;
import io.github.imagehost.core.album.PublicAlbums;
import io.github.imagehost.core.fetch.FetchSettings;
import io.github.imagehost.core.fetch.LinkedPictures;
import io.github.imagehost.core.fetch.NameResolver;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.local.DirectoryImageStore;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.album.AlbumRepository;
import io.github.imagehost.core.port.repository.MetadataRepository;
import io.github.imagehost.core.port.repository.VariantLedger;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.settings.ContentCacheSize;
import io.github.imagehost.core.settings.DataDirectory;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.core.transform.ImageEngine;
import io.github.imagehost.core.transform.engine.ImageEngines;
import io.github.imagehost.core.work.SharedPlaces;
import io.github.imagehost.rest.cache.CachedImageStore;
import io.github.imagehost.rest.settings.ServiceLimits;
import io.github.imagehost.rest.settings.ServiceSettings;
import io.github.imagehost.rest.settings.TransformSettings;
import io.github.imagehost.s3.S3ImageStore;
import io.github.imagehost.s3.S3Settings;
import io.github.imagehost.web.HttpWebClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The image host and what it is made of. */
@Configuration(proxyBeanMethods = false)
class HostConfiguration {

    /** For one variant of one image, the wait for others included. */
    private static final Duration RENDERING_LIMIT = Duration.ofSeconds(30);

    /** Each may hold a thread for as long as a stranger's server likes, within its limit. */
    private static final int FETCHES_AT_ONCE = 16;

    /** Links to what is slow must not keep out all others. */
    private static final int FETCHES_OF_ONE_OWNER = FETCHES_AT_ONCE / 2;

    /** @param observer is put before the store itself, behind the copies of what it holds */
    @Bean
    ImageStore imageStore(Settings settings, ServiceLimits limits, ObjectProvider<UnaryOperator<ImageStore>> observer) {
        UnaryOperator<ImageStore> observed = observer.getIfAvailable(UnaryOperator::identity);
        ContentCacheSize cache = ContentCacheSize.from(settings);
        if (!S3Settings.areIn(settings)) {
            return observed.apply(DirectoryImageStore.from(settings));
        }
        ImageStore store =
                observed.apply(S3ImageStore.create(S3Settings.from(settings).withCallLimit(limits.storeCall())));
        Path directory = DataDirectory.from(settings).cache();
        return cache.bytes()
                .<ImageStore>map(bytes -> CachedImageStore.open(store, directory, bytes))
                .orElse(store);
    }

    @Bean
    UploadPolicy uploadPolicy(Settings settings) {
        return UploadPolicy.from(settings);
    }

    @Bean
    TransformSettings transformSettings(Settings settings) {
        return TransformSettings.from(settings);
    }

    @Bean
    ImageEngine imageEngine(TransformSettings settings) {
        try {
            return ImageEngines.choose(settings.engine(), RENDERING_LIMIT, System.getenv("PATH"));
        } catch (IllegalStateException e) {
            throw new SettingsException("IMAGE_ENGINE can't be used: " + e.getMessage(), e);
        }
    }

    @Bean
    ImageLinks imageLinks(Settings settings) {
        return ImageLinks.from(settings);
    }

    @Bean
    FetchSettings fetchSettings(Settings settings) {
        return FetchSettings.from(settings);
    }

    @Bean
    LinkedPictures linkedPictures(FetchSettings settings) {
        return new LinkedPictures(
                HttpWebClient.create(),
                settings,
                NameResolver.SYSTEM,
                new SharedPlaces<>(FETCHES_AT_ONCE, FETCHES_OF_ONE_OWNER));
    }

    @Bean
    Albums albums(AlbumRepository repository) {
        return new Albums(repository);
    }

    @Bean
    PublicAlbums publicAlbums(AlbumRepository repository, AccessRepository owners) {
        return new PublicAlbums(repository, owners);
    }

    /** Closes its store and its repository, too, which are beans of their own; both may be closed once more. */
    @Bean
    ImageHost imageHost(
            ImageStore store,
            MetadataRepository repository,
            VariantLedger variants,
            UploadPolicy policy,
            ImageEngine engine,
            ServiceSettings service) {
        return ImageHost.builder()
                .store(store)
                .metadata(repository)
                .policy(policy)
                .rendering(engine, variants)
                .spoolDirectory(service.dataDirectory().spool())
                .build();
    }
}
