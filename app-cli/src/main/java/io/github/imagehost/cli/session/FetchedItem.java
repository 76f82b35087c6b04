package io.github.imagehost.cli.session;

import io.github.imagehost.core.fetch.LinkedPicture;
import io.github.imagehost.core.fetch.LinkedPictures;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.source.PictureItem;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/** An item whose picture is behind a link, which is followed when the item is opened. */
final class FetchedItem implements PictureItem {

    private final PictureItem item;
    private final OwnerId owner;
    private final String link;
    private final LinkedPictures pictures;
    private volatile String originalName = "";

    FetchedItem(PictureItem item, OwnerId owner, String link, LinkedPictures pictures) {
        this.item = item;
        this.owner = owner;
        this.link = link;
        this.pictures = pictures;
    }

    @Override
    public String name() {
        return item.name();
    }

    @Override
    public String version() {
        return item.version();
    }

    @Override
    public long size() {
        return item.size();
    }

    @Override
    public Optional<Instant> date() {
        return item.date();
    }

    /** What the link calls it, which is known once it was opened. */
    @Override
    public String originalName() {
        return originalName;
    }

    @Override
    public InputStream open() throws IOException {
        LinkedPicture picture = pictures.open(owner, link);
        originalName = picture.originalName();
        return picture.content();
    }
}
