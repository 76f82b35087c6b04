package io.github.imagehost.cli.converter.time;

import io.github.imagehost.core.model.audit.AuditQuery;
import io.github.imagehost.core.settings.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time in the past: how long ago it was, a date or a time. */
public final class PastConverter implements ITypeConverter<Instant> {

    /** What is legal, as the end of a sentence. */
    public static final String LEGAL = "how long ago, as 12h or 7d, or " + TimeConverter.LEGAL;

    private static final TimeConverter TIMES = new TimeConverter();

    @Override
    public Instant convert(String text) {
        Optional<Duration> age = TimeSpan.parse(text);
        Instant time = age.isPresent() ? Instant.now().minus(age.get()) : TIMES.convert(text);
        if (!AuditQuery.isLegal(time)) {
            throw new TypeConversionException("'" + text + "' is before 1970 or after 9999");
        }
        return time;
    }
}
