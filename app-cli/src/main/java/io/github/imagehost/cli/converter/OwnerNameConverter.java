package io.github.imagehost.cli.converter;

import io.github.imagehost.core.model.access.OwnerName;
import picocli.CommandLine.ITypeConverter;

/** Reads the name of an owner, in upper or lower case. */
public final class OwnerNameConverter implements ITypeConverter<OwnerName> {

    @Override
    public OwnerName convert(String text) {
        return Conversion.of(text, OwnerName::of);
    }
}
