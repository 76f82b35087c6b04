package io.github.imagehost.cli.option;

import io.github.imagehost.cli.converter.TagConverter;
import io.github.imagehost.core.model.Tag;
import java.util.List;
import picocli.CommandLine.Parameters;

/** Tags, and the pictures that get or lose them. */
public final class TagsAndPictures extends PictureParameters {

    @Parameters(
            paramLabel = "TAGS",
            index = "0",
            split = ",",
            converter = TagConverter.class,
            description = "Words with commas between them, in upper or lower case.")
    private List<Tag> tags = List.of();

    public List<Tag> tags() {
        return tags;
    }
}
