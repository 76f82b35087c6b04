package io.github.imagehost.cli.converter;

import io.github.imagehost.core.model.Tag;
import picocli.CommandLine.ITypeConverter;

/** Reads a tag. */
public final class TagConverter implements ITypeConverter<Tag> {

    @Override
    public Tag convert(String text) {
        return Conversion.of(text, Tag::of);
    }
}
