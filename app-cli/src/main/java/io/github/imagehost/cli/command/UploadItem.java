package io.github.imagehost.cli.command;

import io.github.imagehost.core.source.PictureItem;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * Something to upload.
 *
 * @param index how many there are before it
 * @param name as the user knows it
 * @param originalName what the picture is to be called
 * @param size 0 if nobody knows
 * @param content what opens it
 */
record UploadItem(int index, String name, String originalName, long size, Content content) implements PictureItem {

    /** Opens a stream. */
    @FunctionalInterface
    interface Content {

        InputStream open() throws IOException;
    }

    @Override
    public String version() {
        return "";
    }

    /** It begins now: whoever uploads something does not ask for its past. */
    @Override
    public Optional<Instant> date() {
        return Optional.empty();
    }

    @Override
    public InputStream open() throws IOException {
        return content.open();
    }
}
