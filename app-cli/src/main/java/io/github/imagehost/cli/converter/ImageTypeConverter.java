package io.github.imagehost.cli.converter;

import io.github.imagehost.core.model.ImageType;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an image format: by its name, its extension or its media type. */
public final class ImageTypeConverter implements ITypeConverter<ImageType> {

    @Override
    public ImageType convert(String text) {
        return Arrays.stream(ImageType.values())
                .filter(type -> type.name().equalsIgnoreCase(text)
                        || type.extension().equalsIgnoreCase(text)
                        || type.mimeType().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of " + legal()));
    }

    private static String legal() {
        return Arrays.stream(ImageType.values())
                .map(type -> type.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
