package io.github.imagehost.cli;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.local.DirectoryImageStore;
import io.github.imagehost.core.port.ImageStore;
import io.github.imagehost.core.port.MetadataRepository;
import io.github.imagehost.core.port.RepositoryException;
import io.github.imagehost.core.port.StoreException;
import io.github.imagehost.core.settings.DataDirectory;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.MySqlSettings;
import io.github.imagehost.s3.S3ImageStore;
import io.github.imagehost.s3.S3Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts an image host together as the settings say. Nothing else on the command line knows the adapters. */
final class Bootstrap {

    private Bootstrap() {}

    /**
     * A host that works.
     *
     * @param host is closed with this
     * @param store what the host keeps its bytes in
     * @param repository what the host keeps its metadata in
     * @param turn ends with this; empty where there is no need to take turns
     */
    record OpenHost(ImageHost host, ImageStore store, MetadataRepository repository, Optional<CommandTurn> turn)
            implements AutoCloseable {

        @Override
        public void close() {
            try {
                host.close();
            } finally {
                turn.ifPresent(CommandTurn::end);
            }
        }
    }

    /**
     * Reads all settings before it opens anything.
     *
     * @return a host that the caller closes
     * @throws SettingsException if a setting is wrong; the message names it
     * @throws StoreException if the store fails though no setting is wrong
     * @throws RepositoryException if the database fails though no setting is wrong
     */
    static OpenHost open(Settings settings) {
        UploadPolicy policy = UploadPolicy.from(settings);
        MySqlSettings database = MySqlSettings.from(settings);
        DataDirectory data = DataDirectory.from(settings);
        ImageStore store = store(settings).get();
        Optional<CommandTurn> turn = Optional.empty();
        try {
            turn = settings.has("DB_HOST") ? Optional.empty() : Optional.of(turn(data.path()));
            MetadataRepository repository = MySqlMetadataRepository.open(database);
            ImageHost host = ImageHost.builder()
                    .store(store)
                    .metadata(repository)
                    .policy(policy)
                    .spoolDirectory(data.spool())
                    .build();
            return new OpenHost(host, store, repository, turn);
        } catch (RuntimeException e) {
            store.close();
            turn.ifPresent(CommandTurn::end);
            throw e;
        }
    }

    /**
     * The store that the settings describe.
     *
     * @return a store that the caller closes
     * @throws SettingsException if a setting is wrong; the message names it
     * @throws StoreException if the store fails though no setting is wrong
     */
    static ImageStore openStore(Settings settings) {
        return store(settings).get();
    }

    /**
     * Whether both lead to the same metadata.
     *
     * @throws SettingsException if a setting is wrong; the message names it
     */
    static boolean isSameDatabase(Settings one, Settings other) {
        return MySqlSettings.from(one)
                .jdbcUrl()
                .equals(MySqlSettings.from(other).jdbcUrl());
    }

    private static CommandTurn turn(Path data) {
        try {
            return CommandTurn.await(data.resolve("command.lock"), CommandTurn.PATIENCE);
        } catch (IOException e) {
            throw new SettingsException(DataDirectory.SETTING + ": no file can be made and locked in " + data, e);
        }
    }

    private static Supplier<ImageStore> store(Settings settings) {
        if (S3Settings.areIn(settings)) {
            S3Settings s3 = S3Settings.from(settings);
            return () -> S3ImageStore.create(s3);
        }
        return () -> DirectoryImageStore.from(settings);
    }
}
