package io.github.imagehost.rest.album;

import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.album.PublicAlbums;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.AlbumCursor;
import io.github.imagehost.core.model.album.AlbumOrder;
import io.github.imagehost.core.model.album.AlbumPage;
import io.github.imagehost.core.model.album.AlbumQuery;
import io.github.imagehost.core.model.album.DrawQuery;
import io.github.imagehost.core.model.album.Orientation;
import io.github.imagehost.rest.access.OpenToEverybody;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.parameter.QueryParameters;
import io.github.imagehost.rest.request.RequestPath;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.util.HtmlUtils;

/** What everybody sees of public albums who has their links: a page, a feed, and images that are left to chance. */
@Controller
class PublicAlbumController {

    private static final String PAGE = ImageLinks.ALBUM_PATH + "{key}";
    private static final int IMAGES_OF_PAGE = 60;
    private static final int IMAGES_OF_FEED = 50;
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final MediaType RSS = new MediaType("application", "rss+xml", StandardCharsets.UTF_8);

    private final PublicAlbums albums;
    private final AlbumPageTemplate template;
    private final ImageLinks links;
    private final Messages messages;

    PublicAlbumController(PublicAlbums albums, AlbumPageTemplate template, ImageLinks links, Messages messages) {
        this.albums = albums;
        this.template = template;
        this.links = links;
        this.messages = messages;
    }

    @OpenToEverybody
    @GetMapping(PAGE)
    ResponseEntity<String> page(@PathVariable("key") String key, HttpServletRequest request) {
        Album album = find(key);
        Optional<AlbumCursor> cursor = new QueryParameters(request)
                .parse("cursor", text -> Optional.of(AlbumCursor.decode(text)), "legal.album_cursor");
        AlbumPage page = albums.images(album, new AlbumQuery(AlbumQuery.Audience.EVERYBODY, IMAGES_OF_PAGE, cursor));
        String html = template.filled(Map.of(
                "language", text(request, "page.language"),
                "name", escaped(album.settings().name().value()),
                "feed", album.key() + "/feed",
                "images", images(request, page.images()),
                "more",
                        page.next()
                                .map(next -> "<a rel=\"next\" href=\"?cursor=" + next.encode() + "\">"
                                        + text(request, "page.more") + "</a>")
                                .orElse("")));
        return ResponseEntity.ok()
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", template.contentSecurityPolicy())
                .body(html);
    }

    private String images(HttpServletRequest request, List<Image> images) {
        if (images.isEmpty()) {
            return "<p>" + text(request, "page.no_images") + "</p>";
        }
        return images.stream().map(this::item).collect(Collectors.joining("\n", "<ul>\n", "\n</ul>"));
    }

    /**
     * The thumbnail by a path without a host: whatever the service is called, browsers get it from where the page is.
     */
    private String item(Image image) {
        return "<li><a href=\"" + escaped(links.urlOf(image)) + "\"><img loading=\"lazy\" src=\".." + ImageLinks.PATH
                + image.filename() + "/" + ImageLinks.THUMBNAIL + "\" alt=\"" + escaped(image.originalName())
                + "\"></a></li>";
    }

    @OpenToEverybody
    @GetMapping(PAGE + "/feed")
    ResponseEntity<String> feed(@PathVariable("key") String key) {
        Album album = find(key);
        AlbumQuery latest = new AlbumQuery(
                AlbumQuery.Audience.EVERYBODY, Optional.of(AlbumOrder.NEWEST), IMAGES_OF_FEED, Optional.empty());
        return ResponseEntity.ok()
                .contentType(RSS)
                .cacheControl(CacheControl.noStore())
                .body(AlbumFeed.of(album, albums.images(album, latest).images(), links));
    }

    private Album find(String key) {
        return albums.find(key).orElseThrow(() -> new ApiException(ApiError.ALBUM_NOT_FOUND));
    }

    /** Other sites may show what it leads to, as they may show every image. */
    @OpenToEverybody
    @GetMapping(RequestPath.RANDOM)
    ResponseEntity<Void> random(HttpServletRequest request) {
        QueryParameters parameters = new QueryParameters(request);
        DrawQuery query = new DrawQuery(
                parameters.parse(
                        "orientation", Orientation::parse, "legal.one_of", String.join(", ", Orientation.labels())),
                parameters.parse("tag", text -> Optional.of(Tag.of(text)), "legal.tag", String.valueOf(Tag.LONGEST)));
        Optional<Image> drawn =
                parameters.text("album").map(key -> albums.draw(key, query)).orElseGet(() -> albums.draw(query));
        Image image = drawn.orElseThrow(() -> new ApiException(ApiError.IMAGE_NOT_FOUND));
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create(links.urlOf(image)))
                .cacheControl(CacheControl.noStore())
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .build();
    }

    private String text(HttpServletRequest request, String key) {
        return escaped(messages.text(request, key));
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
    }
}
