package io.github.imagehost.cli.converter;

import io.github.imagehost.core.model.query.SortField;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what a list is sorted by, in both spellings that the service knows, and knows all that can be given. */
public final class SortFieldConverter implements ITypeConverter<SortField>, Iterable<String> {

    @Override
    public SortField convert(String text) {
        return SortField.parse(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of " + String.join(", ", this)));
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(SortField.values()).map(SortField::parameter).iterator();
    }
}
