package io.github.imagehost.core.model.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How people write constants: by their names in lower case, which never change. */
public final class Labels {

    private Labels() {}

    /** How people write it. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The constant that people write so; empty if none of them is. */
    public static <E extends Enum<E>> Optional<E> parse(E[] constants, String label) {
        return Arrays.stream(constants)
                .filter(constant -> of(constant).equals(label))
                .findFirst();
    }
}
