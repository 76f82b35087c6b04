package io.github.imagehost.rest.album;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Sets;
import io.github.imagehost.core.album.Albums;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.album.AlbumChange;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;

/** What everybody sees of albums, without a login. */
class PublicAlbumsTest extends ServiceTest {

    private static final Pattern LINK = Pattern.compile("<a href=\"([^\"]*)\"><img loading=\"lazy\" src=\"([^\"]*)\"");

    private Accounts accounts;
    private Owner owner;
    private String token;
    private JsonNode album;
    private String page;

    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token", "RATE_LIMIT_MAX", "0");
    }

    @BeforeEach
    void addAlbum() throws Exception {
        accounts = new Accounts(service());
        owner = accounts.add(Role.USER);
        token = accounts.token(owner.id());
        album = send("POST", "/api/albums", "{\"name\":\"Ferien\",\"visibility\":\"public\",\"random\":true}")
                .json()
                .get("data");
        page = Client.pathOf(album.get("url").asString());
    }

    // ---- page

    @Test
    void everybodySeesThePublicPicturesOfAPublicAlbum() throws Exception {
        JsonNode open = upload("a.png", "");
        upload("b.png", "visibility=private");
        upload("c.png", "maxViews=3");

        Answer answer = client().get(page, "Accept-Language", "en");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.text())
                .contains("<html lang=\"en\">", "<h1>Ferien</h1>")
                .doesNotContain("b.png", "c.png");
        List<MatchResult> links = LINK.matcher(answer.text()).results().toList();
        assertThat(links).hasSize(1);
        assertThat(links.get(0).group(1)).isEqualTo(open.get("url").asString());
        String thumbnail =
                client().base().resolve(page).resolve(links.get(0).group(2)).getPath();
        assertThat(client().get(thumbnail).status()).isEqualTo(200);
    }

    @Test
    void thePageMayLoadNothingButItsStyleAndImages() throws Exception {
        String policy = client().get(page).header("Content-Security-Policy");

        assertThat(policy)
                .matches("default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'self';img-src 'self';"
                        + "style-src 'sha256-[A-Za-z0-9+/]{43}='");
    }

    @Test
    void namesAreNoPartOfThePage() throws Exception {
        send("PATCH", "/api/albums/" + album.get("id"), "{\"name\":\"</title><script>{images}\"}");
        JsonNode image = upload("a.png", "");
        send("PATCH", "/api/images/" + image.get("id"), "{\"originalName\":\"\\\"><script>{name}\"}");

        String html = client().get(page).text();

        assertThat(html).doesNotContain("<script").contains("&lt;script&gt;{images}", "&quot;&gt;&lt;script&gt;{name}");
    }

    @Test
    void aLongAlbumLeadsOn() throws Exception {
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 61; i++) {
            expected.add(upload("a.png", "").get("url").asString());
        }

        String first = client().get(page).text();
        String next = first.replaceAll("(?s).*rel=\"next\" href=\"([^\"]*)\".*", "$1");
        String second = client().get(page + next).text();

        Set<String> seen = new TreeSet<>();
        for (String html : List.of(first, second)) {
            LINK.matcher(html).results().forEach(link -> seen.add(link.group(1)));
        }
        assertThat(seen).isEqualTo(expected);
        assertThat(second).doesNotContain("rel=\"next\"");
        client().get(page + "?cursor=x").isError(400, "invalid_parameter");
    }

    @Test
    void whatIsNotPublicIsNotThere() throws Exception {
        upload("a.png", "");
        Answer nobodys = client().get("/a/" + "a".repeat(26));
        nobodys.isError(404, "album_not_found");
        assertThat(client().get(page).status()).isEqualTo(200);

        send("PATCH", "/api/albums/" + album.get("id"), "{\"visibility\":\"private\"}");
        for (String path : List.of(page, page + "/feed", "/a/x", "/a/x/feed", "/a/" + "A".repeat(26))) {
            Answer hidden = client().get(path).isError(404, "album_not_found");
            assertThat(hidden.message()).isEqualTo(nobodys.message());
            assertThat(headerNames(hidden)).isEqualTo(headerNames(nobodys));
        }
        client().get("/random?album=" + key()).isError(404, "image_not_found");
    }

    /** But for the one with which Tomcat ends a connection after its hundredth request, whatever that is. */
    private static Set<String> headerNames(Answer answer) {
        return Sets.difference(answer.headers().keySet(), Set.of("connection"));
    }

    @Test
    void whatIsPublicForADayIsNotThereAfterwards() throws Exception {
        upload("a.png", "");
        send("PATCH", "/api/albums/" + album.get("id"), "{\"publicFor\":\"1d\"}");
        for (String path : List.of(page, page + "/feed", "/random?album=" + key())) {
            Answer shown = client().get(path);
            assertThat(shown.status()).isLessThan(400);
            assertThat(shown.header("Cache-Control"))
                    .as("no cache shows it for longer")
                    .isEqualTo("no-store");
        }
        Answer nobodys = client().get("/a/" + "a".repeat(26)).isError(404, "album_not_found");

        AlbumChange end = new AlbumChange.ShowUntil(Optional.of(Instant.now().minusSeconds(3600)));
        service().part(Albums.class).change(owner.id(), album.get("id").asLong(), List.of(end));

        for (String path : List.of(page, page + "/feed")) {
            Answer hidden = client().get(path).isError(404, "album_not_found");
            assertThat(headerNames(hidden)).isEqualTo(headerNames(nobodys));
        }
        client().get("/random?album=" + key()).isError(404, "image_not_found");
        send("PATCH", "/api/albums/" + album.get("id"), "{\"visibility\":\"public\"}");
        assertThat(client().get(page).status()).as("by the link that it had").isEqualTo(200);
    }

    @Test
    void anAlbumOfASuspendedOwnerIsNotThere() throws Exception {
        upload("a.png", "");
        accounts.suspend(owner.id());

        client().get(page).isError(404, "album_not_found");
        client().get(page + "/feed").isError(404, "album_not_found");
        client().get("/random?album=" + key()).isError(404, "image_not_found");
    }

    @Test
    void anAlbumThatIsDeletedIsNotThere() throws Exception {
        upload("a.png", "");
        send("DELETE", "/api/albums/" + album.get("id"), "");

        client().get(page).isError(404, "album_not_found");
    }

    // ---- feed

    @Test
    void theFeedHasTheLatestPublicPictures() throws Exception {
        JsonNode first = upload("a & b.png", "");
        upload("hidden.png", "visibility=private");
        JsonNode second = upload("图.png", "");
        send("PATCH", "/api/albums/" + album.get("id"), "{\"order\":\"oldest\",\"name\":\"A <&> B\"}");

        Answer answer = client().get(page + "/feed");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/rss+xml;charset=UTF-8");
        Document feed = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(answer.bytes()));
        assertThat(feed.getDocumentElement().getAttribute("version")).isEqualTo("2.0");
        assertThat(texts(feed, "title")).containsExactly("A <&> B", "图.png", "a & b.png");
        assertThat(texts(feed, "link"))
                .containsExactly(
                        album.get("url").asString(),
                        second.get("url").asString(),
                        first.get("url").asString());
        assertThat(texts(feed, "guid"))
                .containsExactly(
                        second.get("filename").asString(), first.get("filename").asString());
        Element enclosure = (Element) feed.getElementsByTagName("enclosure").item(0);
        assertThat(enclosure.getAttribute("url")).isEqualTo(second.get("url").asString());
        assertThat(enclosure.getAttribute("type")).isEqualTo("image/png");
        assertThat(enclosure.getAttribute("length"))
                .isEqualTo(String.valueOf(
                        client().get(Client.pathOf(second.get("url").asString()))
                                .bytes()
                                .length));
        assertThat(texts(feed, "pubDate")).hasSize(2).allMatch(date -> date.matches("\\w{3}, .* GMT"));
    }

    private static List<String> texts(Document feed, String name) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < feed.getElementsByTagName(name).getLength(); i++) {
            texts.add(feed.getElementsByTagName(name).item(i).getTextContent());
        }
        return texts;
    }

    // ---- random

    @Test
    void aPictureIsLeftToChance() throws Exception {
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            expected.add(upload("a.png", "").get("url").asString());
        }
        upload("hidden.png", "visibility=private");

        Set<String> drawn = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            Answer answer = client().get("/random?album=" + key());
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
            drawn.add(answer.header("Location"));
        }

        assertThat(drawn).isEqualTo(expected);
        assertThat(client().get("/random").status()).isEqualTo(302);
    }

    @Test
    void aPictureIsDrawnOfItsKind() throws Exception {
        String wide =
                upload("wide.png", Pictures.png(20, 10), "tags=cat").get("url").asString();
        String high =
                upload("high.png", Pictures.png(10, 20), "tags=dog").get("url").asString();

        assertThat(random("&orientation=landscape")).isEqualTo(wide);
        assertThat(random("&orientation=portrait")).isEqualTo(high);
        assertThat(random("&tag=CAT")).isEqualTo(wide);
        client().get("/random?album=" + key() + "&orientation=square").isError(404, "image_not_found");
        client().get("/random?album=" + key() + "&orientation=portrait&tag=cat").isError(404, "image_not_found");
    }

    private String random(String parameters) throws Exception {
        return client().get("/random?album=" + key() + parameters).header("Location");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orientation=up", "tag=", "tag=a,b"})
    void whatIsNotLegalIsNamed(String parameter) throws Exception {
        client().get("/random?" + parameter).isError(400, "invalid_parameter");
    }

    @Test
    void nothingIsDrawnFromAnAlbumThatDoesNotSaySo() throws Exception {
        upload("a.png", "");
        send("PATCH", "/api/albums/" + album.get("id"), "{\"random\":false}");

        client().get("/random?album=" + key()).isError(404, "image_not_found");
        client().get("/random?album=nobodys").isError(404, "image_not_found");
        assertThat(client().get(page).status()).isEqualTo(200);
    }

    // ---- helpers

    private String key() {
        return page.substring(page.lastIndexOf('/') + 1);
    }

    private JsonNode upload(String name, String parameters) throws Exception {
        return upload(name, Pictures.uniquePng(), parameters);
    }

    private JsonNode upload(String name, byte[] picture, String parameters) throws Exception {
        Multipart form = new Multipart()
                .file("image", name, picture)
                .text("album", album.get("id").asString());
        for (String parameter : parameters.isEmpty() ? new String[0] : parameters.split("&")) {
            int end = parameter.indexOf('=');
            form = form.text(parameter.substring(0, end), parameter.substring(end + 1));
        }
        return client().post("/api/upload", form, "Authorization", "Bearer " + token)
                .data();
    }

    private Answer send(String method, String path, String body) throws Exception {
        return client().send(method, path, BodyPublishers.ofString(body), "Authorization", "Bearer " + token);
    }
}
