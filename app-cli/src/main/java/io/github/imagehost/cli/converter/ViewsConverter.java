package io.github.imagehost.cli.converter;

import io.github.imagehost.core.model.Sharing;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how often a picture may be seen. */
public final class ViewsConverter implements ITypeConverter<Long> {

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,9}");

    @Override
    public Long convert(String text) {
        if (NUMBER.matcher(text).matches() && Long.parseLong(text) <= Sharing.MOST_VIEWS) {
            return Long.parseLong(text);
        }
        throw new TypeConversionException("'" + text + "' is no whole number from 1 to " + Sharing.MOST_VIEWS);
    }
}
