package io.github.imagehost.cli.converter;

import io.github.imagehost.core.model.album.AlbumOrder;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads in which order the pictures of an album are. */
public final class AlbumOrderConverter implements ITypeConverter<AlbumOrder>, Iterable<String> {

    @Override
    public AlbumOrder convert(String text) {
        return AlbumOrder.parse(text)
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is no order; legal are " + String.join(", ", AlbumOrder.labels())));
    }

    @Override
    public Iterator<String> iterator() {
        return AlbumOrder.labels().iterator();
    }
}
