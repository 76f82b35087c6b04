package io.github.imagehost.rest.settings;

import com.google.common.base.Ascii;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What other hosts and programs speak, and this service beside its own protocol, so that clients which were made for
 * them work with it.
 */
public enum Protocol {
    /** The first version of Lsky Pro's. */
    LSKY,
    /** That of the servers within PicGo and PicList. */
    PICGO,
    /** That of EasyImages 2. */
    EASYIMAGES,
    /** The first version of Chevereto's, which imgBB's is almost like. */
    CHEVERETO;

    /** What the properties of Spring's begin with that say which protocols are spoken; {@link #label} follows. */
    public static final String PROPERTY = "imagehost.protocol.";

    private static final String COMPAT = "COMPAT";
    private static final String NONE = "none";

    /**
     * Reads {@code COMPAT}: which protocols are spoken.
     *
     * @throws SettingsException if it names another one
     */
    public static Set<Protocol> from(Settings settings) {
        List<String> names = settings.list(COMPAT);
        if (!settings.has(COMPAT)) {
            return Set.of(values());
        }
        if (names.equals(List.of(NONE))) {
            return Set.of();
        }
        Set<Protocol> spoken = EnumSet.noneOf(Protocol.class);
        for (String name : names) {
            spoken.add(Arrays.stream(values())
                    .filter(protocol -> protocol.label().equals(Ascii.toLowerCase(name)))
                    .findFirst()
                    .orElseThrow(() -> illegal(name)));
        }
        if (spoken.isEmpty()) {
            throw illegal(settings.text(COMPAT).orElse(""));
        }
        return Set.copyOf(spoken);
    }

    private static SettingsException illegal(String name) {
        String legal = Arrays.stream(values()).map(Protocol::label).collect(Collectors.joining(", "));
        return new SettingsException(
                COMPAT + " names '" + name + "', but legal are " + legal + ", or " + NONE + " alone");
    }

    /** What administrators call it. */
    public String label() {
        return Ascii.toLowerCase(name());
    }
}
