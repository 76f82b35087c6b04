package io.github.imagehost.cli.converter;

import io.github.imagehost.core.model.album.AlbumPlace;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads where in an album pictures are to be. */
public final class AlbumPlaceConverter implements ITypeConverter<AlbumPlace>, Iterable<String> {

    @Override
    public AlbumPlace convert(String text) {
        return switch (text) {
            case "start" -> AlbumPlace.START;
            case "end" -> AlbumPlace.END;
            default -> throw new TypeConversionException("'" + text + "' is neither start nor end");
        };
    }

    @Override
    public Iterator<String> iterator() {
        return List.of("start", "end").iterator();
    }
}
