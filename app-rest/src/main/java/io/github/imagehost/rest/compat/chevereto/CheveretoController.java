package io.github.imagehost.rest.compat.chevereto;

import com.google.common.base.Strings;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.settings.Protocol;
import io.github.imagehost.rest.upload.UploadForm;
import io.github.imagehost.rest.upload.Uploads;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Uploading as to Chevereto, or as to imgBB, which expects the picture in another field and answers in another form.
 * The picture is a file, or a text in base64.
 */
@RestController
@ConditionalOnProperty(Protocol.PROPERTY + "chevereto")
class CheveretoController {

    private static final String FORMAT = "format";
    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
    private static final UploadForm FORM = new UploadForm("source", UploadForm.Files.ALSO_AS_TEXT, Set.of(FORMAT));

    private final Uploads uploads;
    private final Messages messages;

    CheveretoController(Uploads uploads, Messages messages) {
        this.uploads = uploads;
        this.messages = messages;
    }

    @Requires(Scope.UPLOAD)
    @PostMapping(RequestPath.CHEVERETO_UPLOAD)
    ResponseEntity<?> upload(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Uploads.Stored stored = uploads.uploadByForm(request, response, FORM);
        CheveretoImage image = CheveretoImage.of(stored.image());
        String format = stored.texts().getOrDefault(FORMAT, Strings.nullToEmpty(request.getParameter(FORMAT)));
        return switch (format.strip()) {
            case "txt" -> ResponseEntity.ok().contentType(TEXT).body(image.url());
            case "redirect" ->
                ResponseEntity.status(HttpStatus.FOUND)
                        .location(URI.create(image.urlViewer()))
                        .build();
            default ->
                ResponseEntity.ok(
                        stored.field().startsWith("image")
                                ? new ImgbbSuccess(image, true, HttpStatus.OK.value())
                                : success(request, stored, image));
        };
    }

    private CheveretoSuccess success(HttpServletRequest request, Uploads.Stored stored, CheveretoImage image) {
        String message = messages.text(request, stored.image().duplicate() ? "duplicate" : "uploaded");
        return new CheveretoSuccess(
                HttpStatus.OK.value(),
                new Confirmation(message, HttpStatus.OK.value()),
                image,
                HttpStatus.OK.getReasonPhrase());
    }

    @JsonNaming(SnakeCaseStrategy.class)
    private record CheveretoSuccess(int statusCode, Confirmation success, CheveretoImage image, String statusTxt) {}

    private record Confirmation(String message, int code) {}

    private record ImgbbSuccess(CheveretoImage data, boolean success, int status) {}
}
