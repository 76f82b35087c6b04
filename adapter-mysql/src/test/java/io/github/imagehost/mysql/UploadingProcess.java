package io.github.imagehost.mysql;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.port.MetadataRepository;
import io.github.imagehost.core.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Another process that works with an embedded database, and tells what it did. */
final class UploadingProcess {

    static final String READY = "ready";
    static final String SHUTTING_DOWN = "shutting down";

    private UploadingProcess() {}

    /** Starts one, which uploads until it is ended; when it is terminated, it uploads some more before it ends. */
    static Process start(Path dataDirectory) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        UploadingProcess.class.getName(),
                        dataDirectory.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    public static void main(String[] arguments) {
        MetadataRepository repository =
                MySqlMetadataRepository.open(MySqlSettings.from(Settings.of(Map.of("DATA_DIR", arguments[0]))));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println(SHUTTING_DOWN);
            for (int i = 0; i < 50; i++) {
                uploadOne(repository);
            }
            repository.close();
        }));
        System.out.println(READY);
        while (true) {
            uploadOne(repository);
        }
    }

    private static void uploadOne(MetadataRepository repository) {
        Image image = Uploads.upload(repository);
        System.out.println(image.filename());
    }
}
