package io.github.imagehost.rest.sharing;

import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.access.link.DeleteLinks;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.rest.access.OpenToEverybody;
import io.github.imagehost.rest.catalog.ImageLookup;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.guard.RequestAudit;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.util.HtmlUtils;

/**
 * Deletes an image for whoever has its link for that: a page asks first, since programs follow links that people only
 * pass on. Every link that is wrong is answered as one to an image that is not there.
 */
@Controller
class DeleteLinkController {

    private static final String PATH = ImageLinks.DELETE_PATH + "{filename}/{signature}";

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final ImageLookup images;
    private final DeleteLinks links;
    private final RequestAudit audit;
    private final Messages messages;
    private final String page;

    DeleteLinkController(ImageLookup images, DeleteLinks links, RequestAudit audit, Messages messages)
            throws IOException {
        this.images = images;
        this.links = links;
        this.audit = audit;
        this.messages = messages;
        this.page = new ClassPathResource("pages/delete.html").getContentAsString(StandardCharsets.UTF_8);
    }

    @OpenToEverybody
    @GetMapping(PATH)
    ResponseEntity<String> ask(
            @PathVariable("filename") String filename,
            @PathVariable("signature") String signature,
            HttpServletRequest request) {
        Image image = find(filename, signature);
        String name = image.originalName().isEmpty() ? image.filename() : image.originalName();
        String button = "<form method=\"post\"><button>" + text(request, "page.delete") + "</button></form>";
        return page(request, text(request, "page.delete_question", name), button);
    }

    @OpenToEverybody
    @PostMapping(PATH)
    ResponseEntity<String> delete(
            @PathVariable("filename") String filename,
            @PathVariable("signature") String signature,
            HttpServletRequest request) {
        Image image = find(filename, signature);
        if (images.delete(image.owner(), Set.of(image.id())).deleted().isEmpty()) {
            throw new ApiException(ApiError.IMAGE_NOT_FOUND);
        }
        audit.noteByLink(image.owner(), request, Acts.imagesDeleted(image.owner(), Set.of(image.id())));
        return page(request, text(request, "deleted"), "");
    }

    private Image find(String filename, String signature) {
        return images.findByFilename(filename)
                .filter(image -> links.opens(image, signature))
                .orElseThrow(() -> new ApiException(ApiError.IMAGE_NOT_FOUND));
    }

    private String text(HttpServletRequest request, String key, Object... arguments) {
        return HtmlUtils.htmlEscape(messages.text(request, key, arguments), StandardCharsets.UTF_8.name());
    }

    private ResponseEntity<String> page(HttpServletRequest request, String text, String form) {
        String html = page.replace("{language}", text(request, "page.language"))
                .replace("{title}", text(request, "page.delete"))
                .replace("{form}", form)
                .replace("{text}", text);
        return ResponseEntity.ok()
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                // browsers tell no origin of a form whose page may not be named, but its address is a secret
                .header("Referrer-Policy", "same-origin")
                .body(html);
    }
}
