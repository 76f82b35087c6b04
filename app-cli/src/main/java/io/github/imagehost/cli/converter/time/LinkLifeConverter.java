package io.github.imagehost.cli.converter.time;

import io.github.imagehost.core.access.link.ViewLinks;
import io.github.imagehost.core.settings.TimeSpan;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long a link to a private picture is to be good, as settings write time spans. */
public final class LinkLifeConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        return TimeSpan.parse(text)
                .filter(ViewLinks::isLegalLife)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no time span from "
                        + TimeSpan.describe(ViewLinks.SHORTEST_LIFE) + " to "
                        + TimeSpan.describe(ViewLinks.LONGEST_LIFE) + ", such as 30m, 12h or 7d"));
    }
}
