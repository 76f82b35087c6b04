package io.github.imagehost.examples;

import io.github.imagehost.core.ImageContent;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.local.DirectoryImageStore;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** An application with an image host inside: everything is kept in one directory. */
public final class EmbeddedImageHost {

    private EmbeddedImageHost() {}

    /**
     * Uploads twice, opens and deletes.
     *
     * @param arguments a directory to keep everything in, a picture, and a file to copy it to
     */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        Path picture = Path.of(arguments[1]);
        Path copy = Path.of(arguments[2]);

        try (ImageHost host = ImageHost.builder()
                .store(DirectoryImageStore.at(directory.resolve("images")))
                .metadata(MySqlMetadataRepository.embedded(directory))
                .build()) {

            Upload first = host.upload(picture);
            Upload second = host.upload(picture);
            System.out.println("Stored once: " + second.duplicate());
            System.out.println("The same image: " + second.image().equals(first.image()));

            try (ImageContent content = host.open(first.image().filename());
                    OutputStream out = Files.newOutputStream(copy)) {
                content.transferTo(out);
            }

            host.delete(first.image().id());
            System.out.println("Still there: " + host.find(first.image().id()).isPresent());
        }
    }
}
