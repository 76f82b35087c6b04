package io.github.imagehost.rest.delivery;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.transform.Transformation;
import io.github.imagehost.rest.access.OpenToEverybody;
import io.github.imagehost.rest.catalog.ImageLookup;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.sharing.Viewers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Serves images: as they are stored, and in other sizes and formats. */
@Controller
class ContentController {

    private final ImageHost host;
    private final ImageLookup images;
    private final Redirects redirects;
    private final TransformParameters parameters;
    private final ContentSender sender;
    private final Viewers viewers;

    ContentController(
            ImageHost host,
            ImageLookup images,
            Redirects redirects,
            TransformParameters parameters,
            ContentSender sender,
            Viewers viewers) {
        this.host = host;
        this.images = images;
        this.redirects = redirects;
        this.parameters = parameters;
        this.sender = sender;
        this.viewers = viewers;
    }

    @OpenToEverybody
    @GetMapping(ImageLinks.PATH + "{filename}")
    void content(@PathVariable("filename") String filename, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Image image = find(filename, request);
        if (TransformParameters.areIn(request)) {
            sendVariant(image, parameters.read(image, request), request, response);
        } else {
            Served whole = new Served.Whole(
                    host, image, Dispositions.of(image, image.content().type(), request), redirects);
            sender.send(whole, request, response);
        }
    }

    @OpenToEverybody
    @GetMapping(ImageLinks.PATH + "{filename}/{preset}")
    void preset(
            @PathVariable("filename") String filename,
            @PathVariable("preset") String preset,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Image image = find(filename, request);
        sendVariant(image, parameters.preset(preset, image, request), request, response);
    }

    /** What the sender may not see is answered as what is not there. */
    private Image find(String filename, HttpServletRequest request) {
        return images.findByFilename(filename)
                .filter(image -> viewers.maySee(image, request))
                .orElseThrow(() -> new ApiException(ApiError.IMAGE_NOT_FOUND));
    }

    private void sendVariant(
            Image image, Transformation transformation, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Variant variant = host.variant(image, transformation);
        Served derived = new Served.Derived(host, image, variant, Dispositions.of(image, variant.type(), request));
        sender.send(derived, request, response);
    }
}
