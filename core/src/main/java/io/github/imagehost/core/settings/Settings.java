package io.github.imagehost.core.settings;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Named settings as text, usually environment variables, read with their types. An absent and a blank setting are the
 * same. Every error is a {@link SettingsException} that names the setting and what is legal, but never repeats the
 * value of a setting that may be a secret. Immutable.
 */
public final class Settings {

    private static final Pattern USER_IN_ADDRESS = Pattern.compile("//.*@");
    private static final Splitter LIST = Splitter.on(',').trimResults().omitEmptyStrings();

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** Settings with these names and values. */
    public static Settings of(Map<String, String> values) {
        return new Settings(values);
    }

    /** Whether the setting is there and not blank. */
    public boolean has(String name) {
        return text(name).isPresent();
    }

    /** The setting without white space around it; empty if it is absent or blank. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name))
                .map(CharMatcher.whitespace()::trimFrom)
                .filter(value -> !value.isEmpty());
    }

    /**
     * A setting that may be a secret: exactly as it is, also with white space around it.
     *
     * @return empty if it is absent or empty
     */
    public Optional<String> secret(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /**
     * A setting that has to be there.
     *
     * @param reason why, as in {@code because S3_BUCKET is set}
     * @throws SettingsException if it is absent
     */
    public String required(String name, String reason) {
        return text(name).orElseThrow(() -> missing(name, reason));
    }

    /**
     * A secret that has to be there.
     *
     * @param reason why, as in {@code because S3_BUCKET is set}
     * @throws SettingsException if it is absent
     */
    public String requiredSecret(String name, String reason) {
        return secret(name).orElseThrow(() -> missing(name, reason));
    }

    /**
     * A secret that is a setting, or in the file that the setting of this name with {@code _FILE} behind it names.
     * White space around what is in the file does not belong to the secret.
     *
     * @return empty if neither is set
     * @throws SettingsException if both are set, or if the file can't be read
     */
    public Optional<String> secretOrFile(String name) {
        String fileName = name + "_FILE";
        Optional<Path> file = parse(fileName, "the path of a file", text -> Optional.of(Path.of(text)));
        Optional<String> secret = secret(name);
        if (file.isPresent() && secret.isPresent()) {
            throw new SettingsException(name + " and " + fileName + " are both set; legal is one of them");
        }
        return file.map(path -> contents(fileName, path)).or(() -> secret);
    }

    private static String contents(String name, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new SettingsException(name + " is '" + file + "', which can't be read as text", e);
        }
    }

    /**
     * A secret that has to be there, as a setting or in a file: see {@link #secretOrFile}.
     *
     * @param reason why, as in {@code because S3_BUCKET is set}
     * @throws SettingsException if neither is set, or both, or if the file can't be read or is empty
     */
    public String requiredSecretOrFile(String name, String reason) {
        return secretOrFile(name).filter(secret -> !secret.isEmpty()).orElseThrow(() -> missing(name, reason));
    }

    /**
     * A whole number.
     *
     * @throws SettingsException if it is no whole number within the bounds
     */
    public long wholeNumber(String name, long ifAbsent, long min, long max) {
        return parse(name, "a whole number from " + min + " to " + max, value -> {
                    long number = Long.parseLong(value);
                    return number >= min && number <= max ? Optional.of(number) : Optional.empty();
                })
                .orElse(ifAbsent);
    }

    /**
     * {@code true} or {@code false}, in any case.
     *
     * @throws SettingsException if it is anything else
     */
    public boolean flag(String name, boolean ifAbsent) {
        return parse(name, "true or false", value -> switch (value.toLowerCase(Locale.ROOT)) {
                    case "true" -> Optional.of(true);
                    case "false" -> Optional.of(false);
                    default -> Optional.empty();
                })
                .orElse(ifAbsent);
    }

    /**
     * A time span such as {@code 500ms}, {@code 30s}, {@code 15m}, {@code 12h} or {@code 7d}.
     *
     * @throws SettingsException if it is anything else or outside the bounds
     */
    public Duration duration(String name, Duration ifAbsent, Duration min, Duration max) {
        return parse(
                        name,
                        "a time span from " + TimeSpan.describe(min) + " to " + TimeSpan.describe(max)
                                + ", such as 500ms, 30s, 15m, 12h or 7d",
                        value -> TimeSpan.parse(value)
                                .filter(span -> span.compareTo(min) >= 0 && span.compareTo(max) <= 0))
                .orElse(ifAbsent);
    }

    /** The parts of a list separated by commas, without white space around them; empty if it is absent. */
    public List<String> list(String name) {
        return text(name).map(LIST::splitToList).orElse(List.of());
    }

    /**
     * An address that begins with {@code http://} or {@code https://} and has neither query nor fragment, without a
     * slash at its end.
     *
     * @throws SettingsException if it is anything else
     */
    public Optional<URI> webAddress(String name) {
        return parse(name, "an address such as https://images.example.com/path", Settings::parseWebAddress);
    }

    /**
     * A setting of any other kind.
     *
     * @param legal what is legal, as the end of the sentence "legal is …"
     * @param parser makes the value; answers empty or throws an {@link IllegalArgumentException} for what is not legal
     * @return empty if the setting is absent
     * @throws SettingsException if it is not legal
     */
    public <T> Optional<T> parse(String name, String legal, Function<String, Optional<T>> parser) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String value = text.get();
        String message = name + " is '" + withoutUser(value) + "', but legal is " + legal;
        Optional<T> parsed;
        try {
            parsed = parser.apply(value);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(message, e);
        }
        return Optional.of(parsed.orElseThrow(() -> new SettingsException(message)));
    }

    /** An address may hold a password where it does not belong. */
    private static String withoutUser(String value) {
        return USER_IN_ADDRESS.matcher(value).replaceAll("//***@");
    }

    private static SettingsException missing(String name, String reason) {
        return new SettingsException(name + " is not set, but it has to be, " + reason);
    }

    private static Optional<URI> parseWebAddress(String value) {
        URI uri;
        try {
            uri = new URI(CharMatcher.is('/').trimTrailingFrom(value));
        } catch (URISyntaxException e) {
            // its message repeats the value
            return Optional.empty();
        }
        boolean legal = ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
        return legal ? Optional.of(uri) : Optional.empty();
    }
}
