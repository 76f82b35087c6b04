package io.github.imagehost.cli.converter.time;

import io.github.imagehost.core.access.login.InvitationRequest;
import io.github.imagehost.core.settings.TimeSpan;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long an invitation is to be good, as settings write time spans. */
public final class InvitationLifeConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        return TimeSpan.parse(text)
                .filter(InvitationRequest::isLegalLife)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no time span from 1s to "
                        + TimeSpan.describe(InvitationRequest.LONGEST_LIFE) + ", such as 12h or 7d"));
    }
}
