package io.github.imagehost.cli.command.image;

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
 * @param link what the picture has to be got by; empty if it can be opened
 */
record UploadItem(int index, String name, String originalName, long size, Content content, Optional<String> link)
        implements PictureItem {

    /** Opens a stream. */
    @FunctionalInterface
    interface Content {

        InputStream open() throws IOException;
    }

    private static final int LONGEST_NAME = 80;

    /** What can be opened here. */
    UploadItem(int index, String name, String originalName, long size, Content content) {
        this(index, name, originalName, size, content, Optional.empty());
    }

    /** What is behind a link, or in it. */
    static UploadItem linked(int index, String link) {
        String name = link.length() > LONGEST_NAME ? link.substring(0, LONGEST_NAME) + "…" : link;
        Content content = () -> {
            throw new IOException("Who has the pictures follows the link");
        };
        return new UploadItem(index, name, name, 0, content, Optional.of(link));
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
