package io.github.imagehost.cli.option;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ImageFilter;
import io.github.imagehost.core.model.ImageType;
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

    /** Whether none of them is given. */
    public boolean areAbsent() {
        return filter().equals(ImageFilter.ALL);
    }

    /**
     * What they say.
     *
     * @throws IllegalArgumentException if they contradict each other
     */
    public ImageFilter filter() {
        ImageFilter filter = ImageFilter.ALL;
        filter = search.isPresent() ? filter.text(search.get()) : filter;
        filter = type.isPresent() ? filter.type(type.get()) : filter;
        filter = minSize.isPresent() ? filter.minSize(minSize.get()) : filter;
        filter = maxSize.isPresent() ? filter.maxSize(maxSize.get()) : filter;
        filter = since.isPresent() ? filter.uploadedFrom(since.get()) : filter;
        filter = before.isPresent() ? filter.uploadedBefore(before.get()) : filter;
        filter = hash.isPresent() ? filter.digest(hash.get()) : filter;
        return url.isPresent() ? filter.filename(ImageReference.filenameIn(url.get())) : filter;
    }
}
