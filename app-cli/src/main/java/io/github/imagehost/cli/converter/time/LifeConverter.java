package io.github.imagehost.cli.converter.time;

import io.github.imagehost.core.access.credential.TokenRequest;
import io.github.imagehost.core.settings.TimeSpan;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long a token is to be good for, as settings write time spans. */
public final class LifeConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        return TimeSpan.parse(text)
                .filter(TokenRequest::isLegalLife)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no time span from 1s to "
                        + TimeSpan.describe(TokenRequest.LONGEST_LIFE) + ", such as 12h, 30d or 365d"));
    }
}
