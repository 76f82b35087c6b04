package io.github.imagehost.cli.converter;

import io.github.imagehost.core.model.Digest;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a SHA-256 as people copy it from elsewhere: in small or capital letters. */
public final class DigestConverter implements ITypeConverter<Digest> {

    @Override
    public Digest convert(String text) {
        try {
            return Digest.parse(text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            TypeConversionException refusal =
                    new TypeConversionException("'" + text + "' is no SHA-256, which has 64 hexadecimal digits");
            refusal.initCause(e);
            throw refusal;
        }
    }
}
