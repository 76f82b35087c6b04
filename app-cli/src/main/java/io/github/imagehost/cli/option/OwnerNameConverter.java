package io.github.imagehost.cli.option;

import io.github.imagehost.core.model.access.OwnerName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of an owner, in upper or lower case. */
public final class OwnerNameConverter implements ITypeConverter<OwnerName> {

    @Override
    public OwnerName convert(String text) {
        try {
            return OwnerName.of(text);
        } catch (IllegalArgumentException e) {
            TypeConversionException refusal = new TypeConversionException(e.getMessage());
            refusal.initCause(e);
            throw refusal;
        }
    }
}
