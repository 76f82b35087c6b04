package io.github.imagehost.rest.page;

import io.github.imagehost.rest.access.OpenToEverybody;
import io.github.imagehost.rest.request.SecurityHeaders;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The page on which people upload and look at pictures. It is the same for everybody; who may do what is up to the API,
 * which it uses as any other client does. Its files are in a folder that is named after the build, and may be kept for
 * ever; there is no other build, so that a page learns from a missing file that it is old.
 */
@Controller
class AppPages implements WebMvcConfigurer {

    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final MediaType SCRIPT = new MediaType("text", "javascript", StandardCharsets.UTF_8);
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final AppFiles files;
    private final PictureOrigins origins;

    AppPages(AppFiles files, PictureOrigins origins) {
        this.files = files;
        this.origins = origins;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/app/" + files.build() + "/**")
                .addResourceLocations(AppFiles.LOCATION)
                .setCacheControl(CacheControl.maxAge(FOR_EVER).cachePublic().immutable());
    }

    @OpenToEverybody
    @GetMapping({"/", "/app"})
    String home() {
        return "redirect:app/";
    }

    @OpenToEverybody
    @GetMapping("/app/")
    ResponseEntity<byte[]> index(HttpServletResponse response) {
        // in place of the one that every file gets
        response.setHeader("Content-Security-Policy", SecurityHeaders.appPolicy(origins.get()));
        return askedForEachTime(HTML, files.index());
    }

    /** It is not in the folder of its build, since it is for all of the page. */
    @OpenToEverybody
    @GetMapping("/app/service-worker.js")
    ResponseEntity<byte[]> serviceWorker() {
        return askedForEachTime(SCRIPT, files.serviceWorker());
    }

    private ResponseEntity<byte[]> askedForEachTime(MediaType type, byte[] content) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                // a weak one, since it may be sent compressed
                .eTag("W/\"" + files.build() + "\"")
                .contentType(type)
                .body(content);
    }
}
