package io.github.imagehost.examples;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.ImageHostBuilder;
import io.github.imagehost.core.PreparedUpload;
import io.github.imagehost.core.admin.ImageHostAdmin;
import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.diagnosis.Checkup;
import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.fsck.StoreCheckOptions;
import io.github.imagehost.core.fsck.StoreCheckReport;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.intake.spool.SpooledContent;
import io.github.imagehost.core.local.DirectoryImageStore;
import io.github.imagehost.core.local.DiskCheckup;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ExistingImages;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Retryable;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.settings.DataDirectory;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.work.Progress;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.checkup.DatabaseCheckup;
import io.github.imagehost.mysql.settings.MySqlSettings;
import io.github.imagehost.mysql.settings.SslMode;
import io.github.imagehost.s3.AccessKey;
import io.github.imagehost.s3.S3Checkup;
import io.github.imagehost.s3.S3ImageStore;
import io.github.imagehost.s3.S3Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Single steps that an application with an image host inside may want to take. */
final class EmbeddingRecipes {

    private EmbeddingRecipes() {}

    static ImageHost onOwnDataSource(DataSource dataSource, Path directory) {
        return ImageHost.builder()
                .store(DirectoryImageStore.at(directory))
                .metadata(MySqlMetadataRepository.create(dataSource))
                .build();
    }

    static ImageStore inABucket(URI endpoint, String bucket, AccessKey key) {
        return S3ImageStore.builder(bucket)
                .endpoint(endpoint)
                .accessKey(key)
                .prefix("images/")
                .open();
    }

    static AdministrableRepository onAServer(String host, String database, String user, String password) {
        return MySqlMetadataRepository.open(MySqlSettings.server(host)
                .name(database)
                .user(user)
                .password(password)
                .sslMode(SslMode.PREFERRED)
                .build());
    }

    static ImageHost withTheSettingsOfThePrograms(Map<String, String> environment) {
        Settings settings = Settings.of(environment);
        return ImageHost.builder()
                .store(S3ImageStore.create(S3Settings.from(settings)))
                .metadata(MySqlMetadataRepository.open(MySqlSettings.from(settings)))
                .build();
    }

    static ImageHost forSmallPngs(ImageHostBuilder builder, Path spoolDirectory) {
        return builder.policy(new UploadPolicy(64 * 1024, Set.of(ImageType.PNG)))
                .spoolDirectory(spoolDirectory)
                .build();
    }

    static ImagePage uploadFor(ImageHost host, OwnerId owner, String name, InputStream picture) throws IOException {
        host.upload(owner, name, picture);
        return host.list(ImageQuery.of(owner).search("holiday").limit(50));
    }

    static Optional<Upload> uploadUnlessDamaged(
            ImageHost host, OwnerId owner, String name, InputStream picture, Digest expected) throws IOException {
        try (SpooledContent content = host.spool(picture)) {
            if (!content.digest().equals(expected)) {
                return Optional.empty();
            }
            ExistingImages existing = host.findExisting(owner, List.of(expected));
            try (PreparedUpload upload = host.prepare(existing, name, content, Requester.PATIENT)) {
                return Optional.of(upload.finish());
            }
        }
    }

    static Upload uploadPatiently(ImageHost host, String name, byte[] picture, Duration pause)
            throws IOException, InterruptedException {
        int attempts = 3;
        for (int attempt = 1; ; attempt++) {
            try {
                return host.upload(OwnerId.DEFAULT, name, new ByteArrayInputStream(picture));
            } catch (RuntimeException e) {
                if (!(e instanceof Retryable) || attempt == attempts) {
                    throw e;
                }
                Thread.sleep(pause.toMillis());
            }
        }
    }

    static List<Finding> whatDoesNotWork(Settings settings) {
        List<Checkup> checkups = new ArrayList<>(List.of(
                new DatabaseCheckup(MySqlSettings.from(settings)), new DiskCheckup(DataDirectory.from(settings))));
        if (S3Settings.areIn(settings)) {
            checkups.add(new S3Checkup(S3Settings.from(settings)));
        }
        return checkups.stream()
                .flatMap(checkup -> checkup.run().stream())
                .filter(finding -> finding.outcome().isFailure())
                .toList();
    }

    static ScheduledFuture<?> sweepEveryMinute(
            ImageHost host, Runnable upkeep, ScheduledExecutorService executor, System.Logger log) {
        return executor.scheduleWithFixedDelay(
                () -> {
                    try {
                        host.sweep();
                        upkeep.run();
                    } catch (StoreException | RepositoryException e) {
                        log.log(System.Logger.Level.WARNING, "The sweep is left to the next one", e);
                    }
                },
                1,
                1,
                TimeUnit.MINUTES);
    }

    static StoreCheckReport check(ImageStore store, AdministrableRepository repository) {
        try (ImageHostAdmin admin = ImageHostAdmin.open(ImageHost.builder(), store, repository)) {
            return admin.check(StoreCheckOptions.DEFAULT, finding -> {}, Progress.UNOBSERVED);
        }
    }
}
