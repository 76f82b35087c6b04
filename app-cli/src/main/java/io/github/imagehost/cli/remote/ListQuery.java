package io.github.imagehost.cli.remote;

import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.query.ImageCursor;
import io.github.imagehost.core.model.query.ImageFilter;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.query.SortDirection;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.core.view.ImageDetails;
import io.github.imagehost.core.view.ImageList;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a service is asked for when it is to list images. */
final class ListQuery {

    private final List<String> parameters = new ArrayList<>();

    private ListQuery() {}

    /** The query of the address. */
    static String of(ImageQuery query) {
        ListQuery list = new ListQuery();
        ImageFilter filter = query.filter();
        list.add("limit", Optional.of(query.limit()));
        list.add("sortBy", Optional.of(query.field().parameter()));
        list.add("sortOrder", Optional.of(query.direction() == SortDirection.ASCENDING ? "asc" : "desc"));
        list.add("cursor", query.cursor().map(ImageCursor::encode));
        list.add("page", query.cursor().isPresent() ? Optional.empty() : Optional.of(query.page()));
        list.add("search", Optional.of(filter.text().value()));
        list.add("filename", filter.filename());
        list.add("mimeType", filter.type().map(ImageType::mimeType));
        list.add("minSize", filter.minSize());
        list.add("maxSize", filter.maxSize());
        list.add("uploadedFrom", filter.uploadedFrom());
        list.add("uploadedBefore", filter.uploadedBefore());
        list.add("fileHash", filter.digest().map(digest -> digest.hex()));
        list.add("visibility", filter.visibility().map(visibility -> visibility.label()));
        list.add("album", filter.album());
        list.add("tag", filter.tag());
        return String.join("&", list.parameters);
    }

    private void add(String name, Optional<?> value) {
        value.ifPresent(
                present -> parameters.add(name + "=" + URLEncoder.encode(present.toString(), StandardCharsets.UTF_8)));
    }

    /**
     * A list whose images are what was asked for. A service that does not know a filter lists everything, and nobody
     * may take that for what is to be deleted.
     *
     * @throws SettingsException if one is something else
     */
    static ImageList checked(ImageFilter filter, ImageList list) {
        try {
            if (list.images().stream().allMatch(image -> lets(filter, image))) {
                return list;
            }
        } catch (DateTimeParseException e) {
            throw new SettingsException("The service lists an image without the time of its upload", e);
        }
        throw new SettingsException(
                "The service does not know how to filter a list: it is of an older version than this command");
    }

    /** Whatever is searched for, each version knows. */
    private static boolean lets(ImageFilter filter, ImageDetails image) {
        Instant uploaded = Instant.parse(image.uploadTime());
        return filter.filename().filter(name -> !name.equals(image.filename())).isEmpty()
                && filter.type()
                        .filter(type -> !type.mimeType().equals(image.mimeType()))
                        .isEmpty()
                && filter.minSize().filter(size -> size > image.fileSize()).isEmpty()
                && filter.maxSize().filter(size -> size < image.fileSize()).isEmpty()
                && filter.uploadedFrom().filter(uploaded::isBefore).isEmpty()
                && filter.uploadedBefore()
                        .filter(time -> !uploaded.isBefore(time))
                        .isEmpty()
                && filter.visibility()
                        .filter(visibility -> !visibility.label().equals(image.visibility()))
                        .isEmpty()
                && filter.digest()
                        .filter(digest -> !digest.hex().equals(image.fileHash()))
                        .isEmpty();
    }
}
