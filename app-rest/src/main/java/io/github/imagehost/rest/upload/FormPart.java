package io.github.imagehost.rest.upload;

import io.github.imagehost.core.format.walk.ImageWalker;
import io.github.imagehost.core.intake.OriginalNames;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.request.ClientText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUploadBase;

/** One part of a multipart request, whose headers were read as ISO 8859-1. For one thread. */
final class FormPart {

    /**
     * What the field of a file may be called: as documented, and as other hosts call it, for which clients were made.
     */
    static final List<String> FILE_FIELDS =
            List.of("image", "images", "image[]", "images[]", "file", "file[]", "files", "files[]", "source", "smfile");

    private static final String TRANSFER_ENCODING = "Content-Transfer-Encoding";
    private static final String BASE64 = "base64";
    /** These change nothing (RFC 2045, 6.2). */
    private static final List<String> IDENTITIES = List.of("", "7bit", "8bit", "binary");

    private final FileItemStream item;
    private final String field;
    private Optional<InputStream> content = Optional.empty();
    private Optional<ApiException> undecodable = Optional.empty();

    FormPart(FileItemStream item) {
        this.item = item;
        this.field = ClientText.decode(item.getFieldName());
    }

    /** The name of its field. */
    String field() {
        return field;
    }

    /**
     * Whether it holds a file: it is in a field for files and has a name, be it empty, or begins as a picture does, or
     * is encoded in a way that can't be decoded, as only files are.
     *
     * @throws IOException if it can't be read
     */
    boolean isFile() throws IOException {
        return FILE_FIELDS.contains(field) && (!item.isFormField() || beginsAsPicture());
    }

    private boolean beginsAsPicture() throws IOException {
        try {
            PushbackInputStream in = new PushbackInputStream(content(), ImageWalker.HEAD);
            byte[] head = in.readNBytes(ImageWalker.HEAD);
            in.unread(head);
            content = Optional.of(in);
            return ImageWalker.recognises(head);
        } catch (ApiException e) {
            // belongs to this file alone, so it is thrown where the file is received
            undecodable = Optional.of(e);
            return true;
        }
    }

    /** What the client calls the file, cleaned; empty if it does not. */
    String originalName() {
        String disposition = item.getHeaders().getHeader(FileUploadBase.CONTENT_DISPOSITION);
        return PartFilename.of(ClientText.decode(disposition))
                .map(OriginalNames::clean)
                .orElse("");
    }

    /**
     * Its bytes, decoded; the same stream on every call. It fails with an {@link ApiException} where they can't be
     * decoded, and is better left open: closing it would read the rest.
     *
     * @throws ApiException if they are encoded in a way that is not known, or are known to be wrong
     * @throws IOException if they can't be read
     */
    InputStream content() throws IOException {
        if (undecodable.isPresent()) {
            throw undecodable.get();
        }
        if (content.isEmpty()) {
            content = Optional.of(decoded(item.openStream()));
        }
        return content.get();
    }

    private InputStream decoded(InputStream encoded) {
        String encoding = Optional.ofNullable(item.getHeaders().getHeader(TRANSFER_ENCODING))
                .map(value -> value.trim().toLowerCase(Locale.ROOT))
                .orElse("");
        if (encoding.equals(BASE64)) {
            return new Base64InputStream(encoded);
        }
        if (!IDENTITIES.contains(encoding)) {
            throw ApiException.illegalParameter(TRANSFER_ENCODING, "legal.transfer_encoding");
        }
        return encoded;
    }
}
