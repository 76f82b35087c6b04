package io.github.imagehost.cli.converter.time;

import io.github.imagehost.core.settings.TimeSpan;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how old something is, as settings write time spans. */
public final class AgeConverter implements ITypeConverter<Duration> {

    private static final Duration HIGHEST = Duration.ofDays(36_500);

    @Override
    public Duration convert(String text) {
        return TimeSpan.parse(text)
                .filter(age -> age.compareTo(HIGHEST) <= 0)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no age such as 0s, 45m, 12h or 30d"));
    }
}
