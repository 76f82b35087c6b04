package io.github.imagehost.rest.benchmark;

import io.github.imagehost.core.testing.Pictures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A prepared multipart request with one picture or several, each of which gets another number whenever it is sent. */
final class UploadRequest {

    private static final String BOUNDARY = "----benchmark-7MA4YWxkTrZu0gW";
    private static final AtomicLong NEXT = new AtomicLong(System.nanoTime());

    private final byte[] bytes;
    private final Picture picture;
    private final List<Integer> pictureStarts;

    private UploadRequest(byte[] bytes, Picture picture, List<Integer> pictureStarts) {
        this.bytes = bytes;
        this.picture = picture;
        this.pictureStarts = pictureStarts;
    }

    /** For {@code POST /api/upload}. */
    static UploadRequest single(Target target, Picture picture) {
        return request(target, "/api/upload", "image", picture, 1);
    }

    /** For {@code POST /api/upload/multiple}. */
    static UploadRequest multiple(Target target, Picture picture, int files) {
        return request(target, "/api/upload/multiple", "images", picture, files);
    }

    /** A number that no picture of this process has yet. */
    static long nextNumber() {
        return NEXT.getAndIncrement();
    }

    /** Head and body; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    private static UploadRequest request(Target target, String path, String field, Picture picture, int files) {
        byte[] end = ascii("--" + BOUNDARY + "--\r\n");
        List<byte[]> heads = new ArrayList<>();
        int length = end.length;
        for (int i = 0; i < files; i++) {
            byte[] head = ascii("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field
                    + "\"; filename=\"IMG_" + (1000 + i) + "." + picture.type().extension() + "\"\r\nContent-Type: "
                    + picture.type().mimeType() + "\r\n\r\n");
            heads.add(head);
            length += head.length + picture.bytes().length + 2;
        }
        byte[] start = target.head(
                "POST",
                path,
                "Content-Type: multipart/form-data; boundary=" + BOUNDARY + "\r\nContent-Length: " + length + "\r\n");
        List<Integer> starts = new ArrayList<>();
        List<byte[]> parts = new ArrayList<>(List.of(start));
        int position = start.length;
        for (byte[] head : heads) {
            starts.add(position + head.length);
            parts.addAll(List.of(head, picture.bytes(), ascii("\r\n")));
            position += head.length + picture.bytes().length + 2;
        }
        parts.add(end);
        return new UploadRequest(Pictures.concat(parts.toArray(byte[][]::new)), picture, List.copyOf(starts));
    }

    /** Gives each picture in a copy of the request another number. */
    void renumber(byte[] copy) {
        for (int start : pictureStarts) {
            picture.number(copy, start, nextNumber());
        }
    }

    /**
     * Another beginning of the request, up to the first byte that does not depend on the number of its only picture.
     */
    byte[] numberedBeginning() {
        int start = pictureStarts.get(0);
        byte[] beginning = Arrays.copyOf(bytes, start + picture.numberedLength());
        picture.number(beginning, start, nextNumber());
        return beginning;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
