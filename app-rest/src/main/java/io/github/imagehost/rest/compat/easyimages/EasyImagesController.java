package io.github.imagehost.rest.compat.easyimages;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.view.UploadedImage;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.settings.Protocol;
import io.github.imagehost.rest.upload.UploadForm;
import io.github.imagehost.rest.upload.Uploads;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Uploading as to EasyImages 2, whose clients bring their token in the form. */
@RestController
@ConditionalOnProperty(Protocol.PROPERTY + "easyimages")
class EasyImagesController {

    private static final UploadForm FORM = UploadForm.of("image");

    private final Uploads uploads;

    EasyImagesController(Uploads uploads) {
        this.uploads = uploads;
    }

    @Requires(Scope.UPLOAD)
    @PostMapping(RequestPath.EASYIMAGES_UPLOAD)
    Success upload(HttpServletRequest request, HttpServletResponse response) throws IOException {
        UploadedImage image = uploads.uploadByForm(request, response, FORM).image();
        return new Success(
                "success",
                HttpStatus.OK.value(),
                image.url(),
                image.originalName(),
                image.thumbnailUrl(),
                image.deleteUrl(),
                image.id());
    }

    /**
     * An upload that was done.
     *
     * @param del where everybody who knows it can delete the image; absent if there is no such place
     * @param id of the image; absent if the uploader must not know
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Success(
            String result,
            int code,
            String url,
            String srcName,
            String thumb,
            @Nullable String del,
            @Nullable Long id) {}
}
