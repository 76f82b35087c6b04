package io.github.imagehost.rest.page;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The files that the page for people is made of. What they say is in their name together: whoever has one of a build
 * never has to ask for it again.
 */
@Component
final class AppFiles {

    /** Where they are on the class path. */
    static final String LOCATION = "classpath:/app/";

    private static final String INDEX = "index.html";
    private static final String SERVICE_WORKER = "service-worker.js";
    /** What stands for the build in the files that lead to the others. */
    private static final String PLACEHOLDER = "BUILD";

    private static final int BUILD_LENGTH = 16;

    private final String build;
    private final byte[] index;
    private final byte[] serviceWorker;

    AppFiles() {
        Map<String, byte[]> files = read();
        this.build = build(files);
        this.index = leadingToBuild(files, INDEX);
        this.serviceWorker = leadingToBuild(files, SERVICE_WORKER);
    }

    /** The name of this build: hexadecimal digits, other ones for other files. */
    String build() {
        return build;
    }

    /** The page itself, which leads to the files of this build. */
    byte[] index() {
        return index.clone();
    }

    /** What keeps the files of this build in browsers that install the page. */
    byte[] serviceWorker() {
        return serviceWorker.clone();
    }

    private byte[] leadingToBuild(Map<String, byte[]> files, String name) {
        byte[] content = Objects.requireNonNull(files.get(name), name);
        return new String(content, StandardCharsets.UTF_8)
                .replace(PLACEHOLDER, build)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> read() {
        ResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
        Map<String, byte[]> files = new TreeMap<>();
        try {
            String root = resolver.getResource(LOCATION).getURL().toString();
            for (Resource resource : resolver.getResources(LOCATION + "**")) {
                String url = resource.getURL().toString();
                if (!url.endsWith("/")) {
                    files.put(url.substring(root.length()), resource.getContentAsByteArray());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The files of the page can't be read", e);
        }
        return files;
    }

    private static String build(Map<String, byte[]> files) {
        Hasher hasher = Hashing.sha256().newHasher();
        files.forEach((name, content) -> hasher.putUnencodedChars(name)
                .putChar('\0')
                .putInt(content.length)
                .putBytes(content));
        return hasher.hash().toString().substring(0, BUILD_LENGTH);
    }
}
