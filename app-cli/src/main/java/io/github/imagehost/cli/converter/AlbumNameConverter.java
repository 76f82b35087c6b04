package io.github.imagehost.cli.converter;

import io.github.imagehost.core.model.album.AlbumName;
import picocli.CommandLine.ITypeConverter;

/** Reads the name of an album. */
public final class AlbumNameConverter implements ITypeConverter<AlbumName> {

    @Override
    public AlbumName convert(String text) {
        return Conversion.of(text, AlbumName::of);
    }
}
