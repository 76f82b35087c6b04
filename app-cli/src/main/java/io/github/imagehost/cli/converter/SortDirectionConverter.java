package io.github.imagehost.cli.converter;

import io.github.imagehost.core.model.query.SortDirection;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the direction of a list. */
public final class SortDirectionConverter implements ITypeConverter<SortDirection> {

    @Override
    public SortDirection convert(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "asc" -> SortDirection.ASCENDING;
            case "desc" -> SortDirection.DESCENDING;
            default -> throw new TypeConversionException("'" + text + "' is neither asc nor desc");
        };
    }
}
