package io.github.imagehost.cli.option;

import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how old something is, as settings write time spans. */
public final class AgeConverter implements ITypeConverter<Duration> {

    private static final String NAME = "AGE";
    private static final Duration HIGHEST = Duration.ofDays(36_500);

    @Override
    public Duration convert(String text) {
        try {
            return Optional.of(text)
                    .filter(given -> !given.isBlank())
                    .map(given -> Settings.of(Map.of(NAME, given)).duration(NAME, HIGHEST, Duration.ZERO, HIGHEST))
                    .orElseThrow(() -> new SettingsException(NAME + " is empty"));
        } catch (SettingsException e) {
            TypeConversionException refusal =
                    new TypeConversionException("'" + text + "' is no age such as 0s, 45m, 12h or 30d");
            refusal.initCause(e);
            throw refusal;
        }
    }
}
