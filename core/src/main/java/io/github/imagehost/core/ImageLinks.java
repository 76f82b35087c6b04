package io.github.imagehost.core;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** Where people find images: computed, never stored, so that a host can move. Immutable. */
public final class ImageLinks {

    /** The path below which the service serves images. */
    public static final String PATH = "/i/";

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

    /** The address of an image; everybody who knows it can see the image. */
    public String urlOf(Image image) {
        return prefix + name.apply(image);
    }

    /** The address of an image's thumbnail, which the service renders. */
    public String thumbnailUrlOf(Image image) {
        return service + PATH + image.filename() + "/" + THUMBNAIL;
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
