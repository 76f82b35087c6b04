package io.github.imagehost.rest.compat.lsky;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.imagehost.core.view.ImageDetails;
import io.github.imagehost.core.view.UploadedImage;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Links to an image, ready to be pasted; whatever the image is called, they are nothing but that.
 *
 * @param html an element
 * @param deleteUrl where everybody who knows it can delete the image; absent if there is no such place
 */
@JsonNaming(SnakeCaseStrategy.class)
record LskyLinks(
        String url,
        String html,
        String bbcode,
        String markdown,
        String markdownWithLink,
        String thumbnailUrl,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String deleteUrl) {

    /** Whatever could end the text of a link in Markdown, or be more than text in it. */
    private static final Pattern MARKDOWN = Pattern.compile("[\\\\`*_\\[\\]()<>&!|~]");

    /** Those of an image that was uploaded. */
    static LskyLinks of(UploadedImage image) {
        return of(image.url(), image.originalName(), image.thumbnailUrl(), image.deleteUrl());
    }

    /** Those of an image that is listed. */
    static LskyLinks of(ImageDetails image, @Nullable String deleteUrl) {
        return of(image.url(), image.originalName(), image.thumbnailUrl(), deleteUrl);
    }

    private static LskyLinks of(String url, String name, String thumbnailUrl, @Nullable String deleteUrl) {
        String address = HtmlUtils.htmlEscape(url, StandardCharsets.UTF_8.name());
        String text = HtmlUtils.htmlEscape(name, StandardCharsets.UTF_8.name());
        String markdown = "![" + MARKDOWN.matcher(name).replaceAll("\\\\$0") + "](" + url + ")";
        return new LskyLinks(
                url,
                "<img src=\"" + address + "\" alt=\"" + text + "\" title=\"" + text + "\" />",
                "[img]" + url + "[/img]",
                markdown,
                "[" + markdown + "](" + url + ")",
                thumbnailUrl,
                deleteUrl);
    }
}
