package io.github.imagehost.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.ImageContent;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.s3.AccessKey;
import io.github.imagehost.s3.testing.S3TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddingIT {

    @Test
    void parametersLeadToTheSameServersAsTheSettingsOfThePrograms() throws IOException {
        try (TestDatabase database = TestDatabases.onServer()) {
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.putAll(S3TestServer.shared().freshBucket());
            settings.put("S3_PREFIX", "images/");
            Image image;

            try (ImageHost host = ImageHost.builder()
                    .store(EmbeddingRecipes.inABucket(
                            URI.create(settings.getOrDefault("S3_ENDPOINT", "")),
                            settings.getOrDefault("S3_BUCKET", ""),
                            AccessKey.of(
                                    settings.getOrDefault("S3_ACCESS_KEY", ""),
                                    settings.getOrDefault("S3_SECRET_KEY", ""))))
                    .metadata(EmbeddingRecipes.onAServer(
                            settings.getOrDefault("DB_HOST", "") + ":" + settings.getOrDefault("DB_PORT", ""),
                            settings.getOrDefault("DB_NAME", ""),
                            settings.getOrDefault("DB_USER", ""),
                            settings.getOrDefault("DB_PASSWORD", "")))
                    .build()) {
                image = host.upload(OwnerId.DEFAULT, "cat.png", new ByteArrayInputStream(Pictures.uniquePng()))
                        .image();
            }

            try (ImageHost host = EmbeddingRecipes.withTheSettingsOfThePrograms(settings)) {
                assertThat(host.find(image.id())).contains(image);
                try (ImageContent content = host.open(image.filename())) {
                    assertThat(content.stream().readAllBytes())
                            .hasSize(Math.toIntExact(image.content().size()));
                }
            }
        }
    }
}
