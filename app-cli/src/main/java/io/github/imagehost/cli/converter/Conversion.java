package io.github.imagehost.cli.converter;

import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/** Reads values whose own parsers say what is wrong. */
final class Conversion {

    private Conversion() {}

    /**
     * The value of a text.
     *
     * @param parser throws an {@link IllegalArgumentException} for what is not legal
     * @throws TypeConversionException with the same message
     */
    static <T> T of(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            TypeConversionException refusal = new TypeConversionException(e.getMessage());
            refusal.initCause(e);
            throw refusal;
        }
    }
}
