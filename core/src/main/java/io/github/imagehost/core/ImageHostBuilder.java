package io.github.imagehost.core;

import io.github.imagehost.core.dedup.UploadTiming;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.port.repository.MetadataRepository;
import io.github.imagehost.core.port.repository.VariantLedger;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.transform.ImageEngine;
import io.github.imagehost.core.variant.Variants;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts a host together. For one thread. */
public final class ImageHostBuilder {

    private @Nullable ImageStore store;
    private @Nullable MetadataRepository repository;
    private UploadPolicy policy = UploadPolicy.DEFAULT;
    private UploadTiming timing = UploadTiming.DEFAULT;
    private Optional<Rendering> rendering = Optional.empty();
    private Path spoolDirectory = Path.of(System.getProperty("java.io.tmpdir"));

    ImageHostBuilder() {}

    private record Rendering(ImageEngine engine, VariantLedger variants) {}

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

    /**
     * Images are rendered in other sizes and formats, too; they are not otherwise.
     *
     * @param engine renders them, and stays open
     * @param variants remembers what was rendered, of the blobs of the host's repository
     */
    public ImageHostBuilder rendering(ImageEngine engine, VariantLedger variants) {
        rendering = Optional.of(new Rendering(engine, variants));
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
        ImageStore bytes = store;
        return new ImageHost(
                bytes,
                repository,
                policy,
                spoolDirectory,
                timing,
                rendering.map(with -> new Variants(bytes, with.variants(), with.engine(), timing)));
    }
}
