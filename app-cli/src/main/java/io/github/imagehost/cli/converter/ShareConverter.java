package io.github.imagehost.cli.converter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a share of a whole, from 0 to 1, in percent. */
public final class ShareConverter implements ITypeConverter<Double> {

    private static final int WHOLE = 100;
    private static final Pattern LEGAL = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%");

    @Override
    public Double convert(String text) {
        Matcher matcher = LEGAL.matcher(text);
        if (matcher.matches() && Double.parseDouble(matcher.group(1)) <= WHOLE) {
            return Double.parseDouble(matcher.group(1)) / WHOLE;
        }
        throw new TypeConversionException("'" + text + "' is no share such as 0.5%, 1% or 100%");
    }
}
