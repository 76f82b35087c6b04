package io.github.imagehost.cli.converter;

import io.github.imagehost.core.model.access.Origin;
import picocli.CommandLine.ITypeConverter;

/** Reads an origin of pages, as browsers send it. */
public final class OriginConverter implements ITypeConverter<Origin> {

    @Override
    public Origin convert(String text) {
        return Conversion.of(text, Origin::new);
    }
}
