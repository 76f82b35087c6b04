package io.github.imagehost.cli.converter.time;

import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.settings.TimeSpan;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long a picture is to last, as settings write time spans. */
public final class ImageLifeConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        return TimeSpan.parse(text)
                .filter(Sharing::isLegalLife)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no time span from "
                        + TimeSpan.describe(Sharing.SHORTEST_LIFE) + " to " + TimeSpan.describe(Sharing.LONGEST_LIFE)
                        + ", such as 30m, 12h or 7d"));
    }
}
