package io.github.imagehost.cli.option;

import io.github.imagehost.cli.converter.TagConverter;
import io.github.imagehost.cli.session.SharingWish;
import io.github.imagehost.cli.session.UploadWish;
import io.github.imagehost.core.model.Tag;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** Where uploaded pictures are to be put. */
public final class FilingOptions {

    @Option(
            names = "--album",
            paramLabel = "ALBUM",
            description = "Put all pictures into this album, also those that are there already: its id or its name.")
    private Optional<String> album = Optional.empty();

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            split = ",",
            converter = TagConverter.class,
            description = "Give all pictures this tag, also those that are there already. May be repeated.")
    private List<Tag> tags = List.of();

    /**
     * What they say.
     *
     * @param sharing how new pictures are to be shared
     */
    public UploadWish wish(SharingWish sharing) {
        return new UploadWish(sharing, album, new TreeSet<>(tags));
    }
}
