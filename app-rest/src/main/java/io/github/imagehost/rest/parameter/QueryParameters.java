package io.github.imagehost.rest.parameter;

import io.github.imagehost.rest.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The parameters in the address of a request, read with their types; absent ones are empty. For one thread. */
public final class QueryParameters {

    private final HttpServletRequest request;

    public QueryParameters(HttpServletRequest request) {
        this.request = request;
    }

    /** Any text. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(request.getParameter(name));
    }

    /**
     * A whole number.
     *
     * @param max {@link Long#MAX_VALUE} for any number
     * @throws ApiException if it is none within the bounds
     */
    public Optional<Long> wholeNumber(String name, long min, long max) {
        return WholeNumber.parse(name, request.getParameter(name), min, max);
    }

    /**
     * A time from 1970 to 9999.
     *
     * @throws ApiException if it is none
     */
    public Optional<Instant> time(String name) {
        return parse(name, TimeText::parse, "legal.time");
    }

    /**
     * A parameter of any other kind.
     *
     * @param parser makes the value; answers empty or throws an {@link IllegalArgumentException} for what is not legal
     * @param legal the key of the message that says what is legal
     * @param arguments what that message's place-holders stand for
     * @throws ApiException if it is not legal
     */
    public <T> Optional<T> parse(String name, Function<String, Optional<T>> parser, String legal, Object... arguments) {
        return text(name)
                .map(text ->
                        parse(parser, text).orElseThrow(() -> ApiException.illegalParameter(name, legal, arguments)));
    }

    private static <T> Optional<T> parse(Function<String, Optional<T>> parser, String text) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
