package io.github.imagehost.rest.page;

import io.github.imagehost.rest.access.OpenToEverybody;
import java.io.IOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The description of the API, for programs and for people. */
@Controller
class DocumentationController {

    private static final Resource DOCUMENT = new ClassPathResource("openapi.json");

    private final FileTags tags;

    DocumentationController(FileTags tags) {
        this.tags = tags;
    }

    @OpenToEverybody
    @GetMapping("/v3/api-docs")
    ResponseEntity<byte[]> openApi() throws IOException {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noCache())
                .eTag(tags.of(DOCUMENT))
                .body(DOCUMENT.getContentAsByteArray());
    }
}
