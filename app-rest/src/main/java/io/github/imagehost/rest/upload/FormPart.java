package io.github.imagehost.rest.upload;

import io.github.imagehost.core.fetch.FetchException;
import io.github.imagehost.core.fetch.PictureText;
import io.github.imagehost.core.format.walk.ImageWalker;
import io.github.imagehost.core.intake.Base64InputStream;
import io.github.imagehost.core.intake.OriginalNames;
import io.github.imagehost.core.intake.refusal.MalformedBase64Exception;
import io.github.imagehost.core.intake.refusal.UploadRefusedException;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.request.ClientText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One part of a multipart request, whose headers were read as ISO 8859-1. For one thread. */
final class FormPart {

    /**
     * What the field of a file may be called: as documented, and as other hosts call it, for which clients were made.
     */
    static final List<String> FILE_FIELDS =
            List.of("image", "images", "image[]", "images[]", "file", "file[]", "files", "files[]", "source", "smfile");

    /** What of these is called so may be a text that stands for a picture, if that is of use. */
    private static final List<String> TEXT_FIELDS = List.of("source", "image");

    private static final int LONGEST_TEXT = 1000;
    private static final String TRANSFER_ENCODING = "Content-Transfer-Encoding";
    private static final String BASE64 = "base64";
    /** These change nothing (RFC 2045, 6.2). */
    private static final List<String> IDENTITIES = List.of("", "7bit", "8bit", "binary");

    private final Map<String, String> headers;
    private final InputStream encoded;
    private final PartDisposition disposition;
    private Optional<InputStream> content = Optional.empty();
    private Optional<String> link = Optional.empty();
    private Optional<RuntimeException> undecodable = Optional.empty();

    /**
     * @param headers by their names in lower case
     * @param encoded its bytes as they are sent; stays open
     */
    FormPart(Map<String, String> headers, InputStream encoded) {
        this.headers = headers;
        this.encoded = encoded;
        this.disposition = PartDisposition.of(ClientText.decode(headers.getOrDefault("content-disposition", "")));
    }

    /** The name of its field; empty if it has none. */
    String field() {
        return disposition.field();
    }

    /**
     * Whether it holds a file: it is in a field for files and has a name, be it empty, or begins as a picture does, or
     * is encoded in a way that can't be decoded, as only files are; or it is another one of these.
     *
     * @throws IOException if it can't be read
     */
    boolean isFile(UploadForm.Files files) throws IOException {
        if (disposition.hasFilename()) {
            return files == UploadForm.Files.IN_ANY_FIELD || FILE_FIELDS.contains(field());
        }
        if (!FILE_FIELDS.contains(field())) {
            return false;
        }
        if (beginsAsPicture()) {
            return true;
        }
        if (files != UploadForm.Files.ALSO_AS_TEXT || !TEXT_FIELDS.contains(field())) {
            return false;
        }
        readText();
        return true;
    }

    private void readText() throws IOException {
        try {
            PictureText text = PictureText.of(content());
            if (text.isLink()) {
                link = Optional.of(text.link());
            } else {
                content = Optional.of(text.content());
            }
        } catch (FetchException e) {
            undecodable = Optional.of(new ApiException(ApiError.MALFORMED_BASE64));
        } catch (ApiException | UploadRefusedException e) {
            undecodable = Optional.of(e);
        }
    }

    private boolean beginsAsPicture() throws IOException {
        try {
            PushbackInputStream in = new PushbackInputStream(content(), ImageWalker.HEAD);
            byte[] head = in.readNBytes(ImageWalker.HEAD);
            in.unread(head);
            content = Optional.of(in);
            return ImageWalker.recognises(head);
        } catch (ApiException | UploadRefusedException e) {
            // belongs to this file alone, so it is thrown where the file is received
            undecodable = Optional.of(e);
            return true;
        }
    }

    /**
     * Its text, in UTF-8.
     *
     * @throws ApiException if it has more than 1000 bytes, or can't be decoded
     * @throws IOException if it can't be read
     */
    String text() throws IOException {
        byte[] text = content().readNBytes(LONGEST_TEXT + 1);
        if (text.length > LONGEST_TEXT) {
            throw ApiException.illegalParameter(field(), "legal.short_text", String.valueOf(LONGEST_TEXT));
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Where the picture is for which the part stands; empty if it is in the part itself. */
    Optional<String> link() {
        return link;
    }

    /** What the client calls the file, cleaned; empty if it does not. */
    String originalName() {
        return disposition.filename().map(OriginalNames::clean).orElse("");
    }

    /**
     * Its bytes, decoded; the same stream on every call. It fails with a {@link MalformedBase64Exception} where they
     * are none.
     *
     * @throws ApiException if they are encoded in a way that is not known, or are known to be wrong
     * @throws IOException if they can't be read
     */
    InputStream content() throws IOException {
        if (undecodable.isPresent()) {
            throw undecodable.get();
        }
        if (content.isEmpty()) {
            content = Optional.of(decoded());
        }
        return content.get();
    }

    private InputStream decoded() {
        String encoding = headers.getOrDefault(TRANSFER_ENCODING.toLowerCase(Locale.ROOT), "")
                .toLowerCase(Locale.ROOT);
        if (encoding.equals(BASE64)) {
            return new Base64InputStream(encoded);
        }
        if (!IDENTITIES.contains(encoding)) {
            throw ApiException.illegalParameter(TRANSFER_ENCODING, "legal.transfer_encoding");
        }
        return encoded;
    }
}
