package io.github.imagehost.cli.converter;

import io.github.imagehost.core.model.Visibility;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads who sees pictures. */
public final class VisibilityConverter implements ITypeConverter<Visibility>, Iterable<String> {

    @Override
    public Visibility convert(String text) {
        return Visibility.parse(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is neither public nor private"));
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Visibility.values()).map(Visibility::label).iterator();
    }
}
