package io.github.imagehost.rest.parameter;

import io.github.imagehost.rest.error.ApiException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A whole number in a parameter. */
public final class WholeNumber {

    private static final int MAX_DIGITS = 18;

    private WholeNumber() {}

    /**
     * The number in a text.
     *
     * @param name what the parameter is called
     * @param text as it came; null if it is absent
     * @param max {@link Long#MAX_VALUE} for any number
     * @return empty if it is absent
     * @throws ApiException if it is no whole number within the bounds
     */
    public static Optional<Long> parse(String name, @Nullable String text, long min, long max) {
        if (text == null) {
            return Optional.empty();
        }
        boolean isNumber = text.matches("[0-9]{1," + MAX_DIGITS + "}");
        long number = isNumber ? Long.parseLong(text) : -1;
        if (number < min || number > max) {
            throw max == Long.MAX_VALUE
                    ? ApiException.illegalParameter(name, "legal.whole_number_from", String.valueOf(min))
                    : ApiException.illegalParameter(
                            name, "legal.whole_number_between", String.valueOf(min), String.valueOf(max));
        }
        return Optional.of(number);
    }
}
