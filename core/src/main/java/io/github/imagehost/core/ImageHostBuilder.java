package io.github.imagehost.core;

import io.github.imagehost.core.dedup.UploadTiming;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.port.repository.MetadataRepository;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.transform.ImageEngine;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts a host together. For one thread. */
public final class ImageHostBuilder {

    private @Nullable ImageStore store;
    private @Nullable MetadataRepository repository;
    private UploadPolicy policy = UploadPolicy.DEFAULT;
    private UploadTiming timing = UploadTiming.DEFAULT;
    private Optional<ImageEngine> engine = Optional.empty();
    private Path spoolDirectory = Path.of(System.getProperty("java.io.tmpdir"));

    ImageHostBuilder() {}

    /** Where the bytes go; the host closes it. */
    public ImageHostBuilder store(ImageStore newStore) {
        store = newStore;
        return this;
    }

    /** Where the metadata goes; the host closes it. */
    public ImageHostBuilder metadata(MetadataRepository newRepository) {
        repository = newRepository;
        return this;
    }

    /** What may be uploaded; {@link UploadPolicy#DEFAULT} otherwise. */
    public ImageHostBuilder policy(UploadPolicy newPolicy) {
        policy = newPolicy;
        return this;
    }

    /** Where larger uploads are kept while they are received; the system's directory for temporary files otherwise. */
    public ImageHostBuilder spoolDirectory(Path newSpoolDirectory) {
        spoolDirectory = newSpoolDirectory;
        return this;
    }

    /** What renders images in other sizes and formats, and stays open; none otherwise. */
    public ImageHostBuilder engine(ImageEngine newEngine) {
        engine = Optional.of(newEngine);
        return this;
    }

    /** How long uploads may take; {@link UploadTiming#DEFAULT} otherwise. */
    public ImageHostBuilder timing(UploadTiming newTiming) {
        timing = newTiming;
        return this;
    }

    /**
     * The host.
     *
     * @throws IllegalStateException if store or repository are missing
     */
    public ImageHost build() {
        if (store == null || repository == null) {
            throw new IllegalStateException("An image host needs a store and a metadata repository");
        }
        return new ImageHost(store, repository, policy, spoolDirectory, timing, engine);
    }
}
