package io.github.imagehost.rest.album;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The page of an album, with gaps to fill. Needs no script, and nothing but its own style and images of its own host.
 */
@Component
final class AlbumPageTemplate {

    private static final Pattern GAP = Pattern.compile("\\{(language|name|feed|images|more)}");
    private static final Pattern STYLE = Pattern.compile("<style>(.*)</style>", Pattern.DOTALL);

    private final String html;
    private final String policy;

    AlbumPageTemplate() throws IOException {
        this.html = new ClassPathResource("pages/album.html").getContentAsString(StandardCharsets.UTF_8);
        Matcher style = STYLE.matcher(html);
        if (!style.find()) {
            throw new IllegalStateException("The page of an album has no style");
        }
        byte[] digest = Hashing.sha256()
                .hashString(style.group(1), StandardCharsets.UTF_8)
                .asBytes();
        this.policy = "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'self';img-src 'self';"
                + "style-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    /**
     * The page.
     *
     * @param contents what is put into its gaps, by their names; none of it is looked at for gaps again
     */
    String filled(Map<String, String> contents) {
        return GAP.matcher(html)
                .replaceAll(gap -> Matcher.quoteReplacement(Objects.requireNonNull(contents.get(gap.group(1)))));
    }

    /** What browsers may load for the page. */
    String contentSecurityPolicy() {
        return policy;
    }
}
