package io.github.imagehost.rest.upload;

import com.google.common.collect.Sets;
import java.util.Set;

/**
 * What a form with pictures looks like.
 *
 * @param field where the picture is expected, for whoever sends none
 * @param files which parts are pictures
 * @param texts the names of the fields whose texts are of use
 */
public record UploadForm(String field, Files files, Set<String> texts) {

    /** Which parts of a form are pictures. */
    public enum Files {
        /**
         * Those in a {@linkplain FormPart#FILE_FIELDS known field} with the name of a file or the bytes of a picture.
         */
        IN_KNOWN_FIELDS,
        /** All that have the name of a file, too. */
        IN_ANY_FIELD,
        /** Those in known fields, and texts in {@code source} and {@code image} that stand for a picture. */
        ALSO_AS_TEXT
    }

    public UploadForm {
        texts = Set.copyOf(texts);
    }

    /** The same form, where the texts of these fields are of use, too. */
    UploadForm with(Set<String> further) {
        return new UploadForm(field, files, Sets.union(texts, further));
    }

    /** A form with a picture in this field, or another known one, and nothing else of use. */
    public static UploadForm of(String field) {
        return new UploadForm(field, Files.IN_KNOWN_FIELDS, Set.of());
    }
}
