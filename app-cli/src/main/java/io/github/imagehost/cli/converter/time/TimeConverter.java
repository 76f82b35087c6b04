package io.github.imagehost.cli.converter.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a date, which stands for its first moment in UTC, or a time with its offset. */
public final class TimeConverter implements ITypeConverter<Instant> {

    /** What is legal, as the end of a sentence. */
    public static final String LEGAL = "a date as 2026-11-23 (in UTC) or a time as 2026-11-23T08:30:00Z";

    @Override
    public Instant convert(String text) {
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw refusal(text, e);
        }
    }

    private static TypeConversionException refusal(String text, DateTimeException cause) {
        TypeConversionException refusal = new TypeConversionException("'" + text + "' is no time; legal is " + LEGAL);
        refusal.initCause(cause);
        return refusal;
    }
}
