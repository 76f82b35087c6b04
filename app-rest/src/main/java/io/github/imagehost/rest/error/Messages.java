package io.github.imagehost.rest.error;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** What the service says to people: Chinese, or English for those who prefer it. */
@Component
public class Messages {

    /** The languages that it is said in; the first one to whoever prefers none of them. */
    public static final List<Locale> LANGUAGES = List.of(Locale.CHINESE, Locale.ENGLISH);

    private final MessageSource source;

    Messages(MessageSource source) {
        this.source = source;
    }

    /** A message in the language of the request. */
    public String text(HttpServletRequest request, String key, Object... arguments) {
        return Objects.requireNonNull(source.getMessage(key, arguments, language(request)));
    }

    /** What is told of an error, in the language of the request. */
    public String text(HttpServletRequest request, ApiError error, List<Object> arguments) {
        return text(request, error.code(), arguments.toArray());
    }

    /** The language of the request: Chinese or English. */
    public Locale language(HttpServletRequest request) {
        String accepted = String.join(",", Collections.list(request.getHeaders(HttpHeaders.ACCEPT_LANGUAGE)));
        if (accepted.isEmpty()) {
            return Locale.CHINESE;
        }
        try {
            Locale best = Locale.lookup(Locale.LanguageRange.parse(accepted), LANGUAGES);
            return best == null ? Locale.CHINESE : best;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // the JDK's parser throws either; a malformed header expresses no preference
            return Locale.CHINESE;
        }
    }
}
