package io.github.imagehost.rest.settings;

import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.core.transform.Fit;
import io.github.imagehost.core.transform.Transformation;
import io.github.imagehost.core.transform.engine.EngineChoice;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which sizes of images the service renders for whom, and how.
 *
 * @param engine what renders them
 * @param presets boxes that everybody may ask for by their name
 * @param sizes widths and heights that everybody may ask for, in pixels
 * @param key signs links to all others; empty if there are none
 */
public record TransformSettings(
        EngineChoice engine, Map<String, Preset> presets, Set<Integer> sizes, Optional<String> key) {

    /**
     * A box.
     *
     * @param width in pixels
     * @param height in pixels
     */
    public record Preset(int width, int height, Fit fit) {}

    private static final Preset DEFAULT_THUMBNAIL = new Preset(320, 320, Fit.INSIDE);
    private static final List<String> DEFAULT_SIZES = List.of("160", "320", "640", "960", "1280", "1920");
    private static final Pattern PRESET =
            Pattern.compile("([a-z][a-z0-9-]{0,31})=([0-9]{1,5})x([0-9]{1,5})(?:-(\\w+))?");
    private static final int SHORTEST_KEY = 16;

    public TransformSettings {
        presets = Map.copyOf(presets);
        sizes = Set.copyOf(sizes);
    }

    /**
     * Reads the settings.
     *
     * @throws SettingsException if one of them is not legal
     */
    public static TransformSettings from(Settings settings) {
        return new TransformSettings(engine(settings), presets(settings), sizes(settings), key(settings));
    }

    private static EngineChoice engine(Settings settings) {
        return settings.parse(
                        "IMAGE_ENGINE",
                        "one of " + namesOf(EngineChoice.values()),
                        text -> Optional.of(EngineChoice.valueOf(text.toUpperCase(Locale.ROOT))))
                .orElse(EngineChoice.AUTO);
    }

    private static Map<String, Preset> presets(Settings settings) {
        Map<String, Preset> presets = new LinkedHashMap<>();
        presets.put(ImageLinks.THUMBNAIL, DEFAULT_THUMBNAIL);
        for (String text : settings.list("TRANSFORM_PRESETS")) {
            Matcher matcher = PRESET.matcher(text);
            try {
                if (!matcher.matches()) {
                    throw new IllegalArgumentException("not of the form name=WxH-fit");
                }
                String fit = Optional.ofNullable(matcher.group(4)).orElse(Fit.INSIDE.name());
                presets.put(
                        matcher.group(1),
                        new Preset(
                                side(matcher.group(2)),
                                side(matcher.group(3)),
                                Fit.valueOf(fit.toUpperCase(Locale.ROOT))));
            } catch (IllegalArgumentException e) {
                throw new SettingsException(
                        "TRANSFORM_PRESETS names '" + text
                                + "', but legal are presets such as thumb=320x320 or square=200x200-cover,"
                                + " with sides from 1 to " + Transformation.MAX_SIDE,
                        e);
            }
        }
        return presets;
    }

    private static Set<Integer> sizes(Settings settings) {
        Set<Integer> sizes = new TreeSet<>();
        for (String text : settings.has("TRANSFORM_SIZES") ? settings.list("TRANSFORM_SIZES") : DEFAULT_SIZES) {
            try {
                sizes.add(side(text));
            } catch (IllegalArgumentException e) {
                throw new SettingsException(
                        "TRANSFORM_SIZES names '" + text + "', but legal are numbers from 1 to "
                                + Transformation.MAX_SIDE,
                        e);
            }
        }
        return sizes;
    }

    private static Optional<String> key(Settings settings) {
        Optional<String> key = settings.secret("TRANSFORM_KEY");
        if (key.filter(secret -> secret.length() < SHORTEST_KEY).isPresent()) {
            throw new SettingsException("TRANSFORM_KEY is too short: it has at least " + SHORTEST_KEY + " characters");
        }
        return key;
    }

    private static int side(String text) {
        int side = Integer.parseInt(text);
        if (side < 1 || side > Transformation.MAX_SIDE) {
            throw new IllegalArgumentException("A side has from 1 to " + Transformation.MAX_SIDE + " pixels");
        }
        return side;
    }

    private static String namesOf(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
