package io.github.imagehost.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewStoreTest {

    @TempDir
    Path directory;

    @Test
    void tellsWhatChangesWithoutSecrets() throws IOException {
        Path file = Files.writeString(
                directory.resolve("new.env"),
                "S3_BUCKET=new\nS3_REGION=eu-1\nS3_ACCESS_KEY=key\nS3_SECRET_KEY=secret\nPUBLIC_URL=http://localhost");
        Map<String, String> present =
                Map.of("DATA_DIR", directory.toString(), "S3_BUCKET", "old", "S3_REGION", "eu-1", "S3_PREFIX", "ours/");

        assertThat(NewStore.read(file, present).changes())
                .containsExactly(
                        "S3_ACCESS_KEY=***", "S3_BUCKET=new", "S3_PREFIX is no longer set", "S3_SECRET_KEY=***");
    }
}
