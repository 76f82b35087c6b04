package io.github.imagehost.cli.option;

import io.github.imagehost.cli.converter.DigestConverter;
import io.github.imagehost.cli.converter.ImageTypeConverter;
import io.github.imagehost.cli.converter.SizeConverter;
import io.github.imagehost.cli.converter.TagConverter;
import io.github.imagehost.cli.converter.VisibilityConverter;
import io.github.imagehost.cli.converter.time.TimeConverter;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.terminal.NotFoundException;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.query.ImageFilter;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that choose images; all that are given have to hold. */
public final class FilterOptions {

    @Option(
            names = "--search",
            paramLabel = "TEXT",
            description = "Only pictures with this text in their original name, in upper or lower case,"
                    + " and the one with this SHA-256, filename or link.")
    private Optional<String> search = Optional.empty();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            converter = ImageTypeConverter.class,
            description = "Only pictures of this type: jpeg, png, gif or webp.")
    private Optional<ImageType> type = Optional.empty();

    @Option(
            names = "--min-size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Only pictures that are at least as large: " + SizeConverter.LEGAL + ".")
    private Optional<Long> minSize = Optional.empty();

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Only pictures that are not larger.")
    private Optional<Long> maxSize = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Only pictures that were uploaded then or later: " + TimeConverter.LEGAL + ".")
    private Optional<Instant> since = Optional.empty();

    @Option(
            names = "--before",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Only pictures that were uploaded before that.")
    private Optional<Instant> before = Optional.empty();

    @Option(
            names = "--hash",
            paramLabel = "SHA256",
            converter = DigestConverter.class,
            description = "Only the picture with this SHA-256, as sha256sum prints it.")
    private Optional<Digest> hash = Optional.empty();

    @Option(
            names = "--url",
            paramLabel = "LINK",
            description = "Only the picture with this link, or with this last part of its link.")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--visibility",
            paramLabel = "WHO",
            converter = VisibilityConverter.class,
            description = "Only pictures that are public, or only those that are private.")
    private Optional<Visibility> visibility = Optional.empty();

    @Option(names = "--album", paramLabel = "ALBUM", description = "Only pictures in this album: its id or its name.")
    private Optional<String> album = Optional.empty();

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            converter = TagConverter.class,
            description = "Only pictures with this tag, in upper or lower case.")
    private Optional<Tag> tag = Optional.empty();

    /** Whether none of them is given. */
    public boolean areAbsent() {
        return album.isEmpty() && filter().equals(ImageFilter.ALL);
    }

    /**
     * Makes sure that they may stand together.
     *
     * @throws IllegalArgumentException if they contradict each other
     */
    public void check() {
        filter();
    }

    /**
     * What they say of these pictures.
     *
     * @throws IllegalArgumentException if they contradict each other
     * @throws NotFoundException if there is no such album
     */
    public ImageFilter filter(PictureHost pictures) {
        ImageFilter filter = filter();
        return album.isPresent()
                ? filter.album(AlbumParameter.find(pictures, album.get()).id())
                : filter;
    }

    private ImageFilter filter() {
        ImageFilter filter = ImageFilter.ALL;
        filter = search.isPresent() ? filter.text(search.get()) : filter;
        filter = type.isPresent() ? filter.type(type.get()) : filter;
        filter = minSize.isPresent() ? filter.minSize(minSize.get()) : filter;
        filter = maxSize.isPresent() ? filter.maxSize(maxSize.get()) : filter;
        filter = since.isPresent() ? filter.uploadedFrom(since.get()) : filter;
        filter = before.isPresent() ? filter.uploadedBefore(before.get()) : filter;
        filter = hash.isPresent() ? filter.digest(hash.get()) : filter;
        filter = visibility.isPresent() ? filter.visibility(visibility.get()) : filter;
        filter = tag.isPresent() ? filter.tag(tag.get()) : filter;
        return url.isPresent() ? filter.filename(ImageReference.filenameIn(url.get())) : filter;
    }
}
