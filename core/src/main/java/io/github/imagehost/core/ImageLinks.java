package io.github.imagehost.core;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.access.ViewPermit;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** Where people find images: computed, never stored, so that a host can move. Immutable. */
public final class ImageLinks {

    /** The path below which the service serves images. */
    public static final String PATH = "/i/";

    /** The path below which the service deletes images for those who have a link for that. */
    public static final String DELETE_PATH = "/d/";

    /** The path below which the service shows albums to those who have their links. */
    public static final String ALBUM_PATH = "/a/";

    /** The parameter in the address of an image that says when a permit to see it ends. */
    public static final String END_PARAMETER = "e";

    /** The parameter in the address of an image with the signature of a permit to see it. */
    public static final String SIGNATURE_PARAMETER = "v";

    /** What stands behind an image's address, and a slash, in that of its thumbnail. */
    public static final String THUMBNAIL = "thumb";

    private static final String ADDRESS_RULE = "a host name or an address such as 127.0.0.1 or ::1";

    private final URI service;
    private final String prefix;
    private final Function<Image, String> name;

    private ImageLinks(URI service, String prefix, Function<Image, String> name) {
        this.service = service;
        this.prefix = prefix;
        this.name = name;
    }

    /**
     * Links to a service that serves the bytes.
     *
     * @param publicUrl where people reach the service, without a slash at its end
     */
    public static ImageLinks toService(URI publicUrl) {
        return new ImageLinks(publicUrl, publicUrl + PATH, Image::filename);
    }

    /**
     * Links to a store that everybody may read, or to whatever stands before it.
     *
     * @param publicUrl where people reach the objects, without a slash at its end
     * @param service where people reach the service, which renders thumbnails, without a slash at its end
     */
    public static ImageLinks toStore(URI publicUrl, URI service) {
        return new ImageLinks(
                service, publicUrl + "/", image -> image.objectKey().value());
    }

    /**
     * The links that the settings describe: to the store if {@code S3_PUBLIC_URL} is set, with {@code S3_PREFIX} before
     * each key; otherwise to the service at {@code PUBLIC_URL}, or at {@code BIND_ADDRESS} and {@code PORT} if that is
     * absent.
     *
     * @throws SettingsException if one of them is not legal
     */
    public static ImageLinks from(Settings settings) {
        Optional<URI> store = settings.webAddress("S3_PUBLIC_URL");
        if (store.isEmpty()) {
            return toService(publicUrl(settings));
        }
        settings.required("S3_BUCKET", "because S3_PUBLIC_URL is set");
        URI objects = settings.parse("S3_PREFIX", ObjectKey.PREFIX_RULE, text -> Optional.of(ObjectKey.prefix(text)))
                .map(prefix -> URI.create(store.get() + "/" + prefix.substring(0, prefix.length() - 1)))
                .orElse(store.get());
        return toStore(objects, publicUrl(settings));
    }

    /**
     * Where people reach the service: {@code PUBLIC_URL}, or {@code BIND_ADDRESS} and {@code PORT} if that is absent.
     *
     * @throws SettingsException if one of them is not legal
     */
    public static URI publicUrl(Settings settings) {
        return settings.webAddress("PUBLIC_URL").orElseGet(() -> listeningAddress(settings));
    }

    /**
     * Whether they lead past the service, to a store that everybody may read: then nothing in it can be kept private.
     */
    public boolean leadToStore() {
        return !prefix.equals(service + PATH);
    }

    /** The address of an image; everybody who knows it can see the image, unless it is private. */
    public String urlOf(Image image) {
        return image.sharing().isLike(Sharing.UNLIMITED)
                ? prefix + name.apply(image)
                : service + PATH + image.filename();
    }

    /**
     * The address of an image with a permit to see it.
     *
     * @param permit by {@code ViewLinks}
     */
    public String permittedUrlOf(Image image, ViewPermit permit) {
        return service + PATH + image.filename() + query(permit);
    }

    /** The address of an image's thumbnail with a permit to see it; see {@link #permittedUrlOf}. */
    public String permittedThumbnailUrlOf(Image image, ViewPermit permit) {
        return thumbnailUrlOf(image) + query(permit);
    }

    private static String query(ViewPermit permit) {
        return "?" + END_PARAMETER + "=" + permit.expiresAt() + "&" + SIGNATURE_PARAMETER + "=" + permit.signature();
    }

    /**
     * Where everybody who knows the address can delete an image.
     *
     * @param signature by {@code DeleteLinks}
     */
    public String deleteUrlOf(Image image, String signature) {
        return service + DELETE_PATH + image.filename() + "/" + signature;
    }

    /** The address of an image's thumbnail, which the service renders. */
    public String thumbnailUrlOf(Image image) {
        return service + PATH + image.filename() + "/" + THUMBNAIL;
    }

    /** The address of an album; everybody who knows it can see the album while it is public. */
    public String urlOf(Album album) {
        return service + ALBUM_PATH + album.key();
    }

    private static URI listeningAddress(Settings settings) {
        long port = settings.wholeNumber("PORT", 3000, 0, 65535);
        return settings.parse("BIND_ADDRESS", ADDRESS_RULE, address -> parseAddress(address, port))
                .orElseGet(() -> URI.create("http://127.0.0.1:" + port));
    }

    private static Optional<URI> parseAddress(String address, long port) {
        boolean everywhere = address.equals("0.0.0.0") || address.equals("::");
        String host = everywhere ? "localhost" : address.contains(":") ? "[" + address + "]" : address;
        String authority = host + ":" + port;
        return Optional.of(URI.create("http://" + authority)).filter(uri -> authority.equals(uri.getRawAuthority()));
    }
}
