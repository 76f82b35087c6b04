package io.github.imagehost.rest.page;

import io.github.imagehost.rest.access.OpenToEverybody;
import java.io.IOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The description of the API, for programs and for people. */
@Controller
class DocumentationController {

    @OpenToEverybody
    @GetMapping("/v3/api-docs")
    ResponseEntity<byte[]> openApi() throws IOException {
        byte[] document = new ClassPathResource("openapi.json").getContentAsByteArray();
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
    }
}
