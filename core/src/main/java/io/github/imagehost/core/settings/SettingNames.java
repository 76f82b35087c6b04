package io.github.imagehost.core.settings;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What messages call settings. They are written with the names of environment variables, which is right for those who
 * set them; whoever has passed parameters instead is told their names. Immutable.
 */
public final class SettingNames {

    /** The names of the environment variables. */
    public static final SettingNames VARIABLES = new SettingNames(Map.of());

    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)+");

    private final Map<String, String> parameters;

    private SettingNames(Map<String, String> parameters) {
        this.parameters = Map.copyOf(parameters);
    }

    /**
     * The names of parameters.
     *
     * @param parameters what each variable is called instead; all others keep their names
     */
    public static SettingNames of(Map<String, String> parameters) {
        return new SettingNames(parameters);
    }

    /** The message with these names in it. */
    public String in(String message) {
        return VARIABLE.matcher(message)
                .replaceAll(variable ->
                        Matcher.quoteReplacement(parameters.getOrDefault(variable.group(), variable.group())));
    }
}
