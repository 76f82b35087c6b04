package io.github.imagehost.cli.session;

import io.github.imagehost.core.bulk.BulkResult;
import io.github.imagehost.core.bulk.BulkTask.Prepared;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.port.album.TooManyAlbumsException;
import io.github.imagehost.core.port.album.TooManyTagsException;
import java.util.Optional;
import java.util.function.Consumer;

/** An upload whose picture is put somewhere once it is there, whether it is new or not. */
public final class FilingUpload implements Prepared {

    private final Prepared upload;
    private final Consumer<Image> filing;

    /** @param filing puts the picture there; may be repeated */
    public FilingUpload(Prepared upload, Consumer<Image> filing) {
        this.upload = upload;
        this.filing = filing;
    }

    @Override
    public Optional<Digest> digest() {
        return upload.digest();
    }

    @Override
    public BulkResult finish() {
        BulkResult result = upload.finish();
        try {
            result.image().ifPresent(filing);
            return result;
        } catch (TooManyTagsException e) {
            return BulkResult.refused("too_many_tags", e);
        } catch (TooManyAlbumsException e) {
            return BulkResult.refused("too_many_albums", e);
        }
    }

    @Override
    public void close() {
        upload.close();
    }
}
