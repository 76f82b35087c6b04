package io.github.imagehost.rest.upload;

import io.github.imagehost.core.PreparedUpload;
import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.intake.refusal.UploadRefusedException;
import io.github.imagehost.core.intake.spool.SpooledContent;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ExistingImages;
import io.github.imagehost.rest.body.ReprDigest;
import io.github.imagehost.rest.body.TimeLimitedInputStream;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.request.ClientPresence;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** What the body of an upload may be, and how the pictures in it are received. */
final class UploadBody {

    private UploadBody() {}

    /**
     * Receives the picture that a body consists of.
     *
     * @param originalName what the client calls it, any text
     * @param announced what the client says that the picture's digest is
     * @return the upload; whoever asked for it closes it
     * @throws ApiException if the body is broken, too slow, only a part, or another picture than announced
     * @throws UploadRefusedException if the picture is refused
     */
    static PreparedUpload receive(
            Uploader uploader,
            HttpServletRequest request,
            String originalName,
            Optional<Digest> announced,
            MultipartUpload.Limits limits) {
        if (request.getHeader(HttpHeaders.CONTENT_RANGE) != null) {
            throw new ApiException(ApiError.BAD_REQUEST);
        }
        if (request.getContentLengthLong() > limits.maxFileSize()) {
            throw new ApiException(ApiError.FILE_TOO_LARGE, String.valueOf(limits.maxFileSize()));
        }
        try {
            InputStream body = new TimeLimitedInputStream(request.getInputStream(), limits.time());
            return receive(uploader, originalName, body, announced, ClientPresence.of(request));
        } catch (IOException e) {
            throw TimeLimitedInputStream.problemOf(e, ApiError.UPLOAD_TOO_SLOW);
        }
    }

    /**
     * Receives one picture, and looks at it if it is the one that was announced and the owner does not have it.
     *
     * @param source stays open
     * @param client who waits for the answer
     * @throws ApiException if it is another picture than announced
     */
    static PreparedUpload receive(
            Uploader uploader, String originalName, InputStream source, Optional<Digest> announced, Requester client)
            throws IOException {
        return prepare(uploader, originalName, uploader.spool(source), announced, client);
    }

    /**
     * Looks at a picture that was received, if it is the one that was announced and the owner does not have it.
     *
     * @param content is closed with what is returned, or at once if that is an exception
     * @param client who waits for the answer
     * @throws ApiException if it is another picture than announced
     */
    static PreparedUpload prepare(
            Uploader uploader,
            String originalName,
            SpooledContent content,
            Optional<Digest> announced,
            Requester client) {
        try {
            if (announced.filter(digest -> !digest.equals(content.digest())).isPresent()) {
                throw new ApiException(ApiError.DIGEST_MISMATCH, ReprDigest.of(content.digest()));
            }
            ExistingImages existing = uploader.findExisting(List.of(content.digest()));
            return uploader.prepare(existing, originalName, content, client);
        } catch (RuntimeException | Error e) {
            content.close();
            throw e;
        }
    }
}
