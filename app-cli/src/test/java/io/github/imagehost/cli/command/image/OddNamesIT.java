package io.github.imagehost.cli.command.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.s3.testing.S3TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A bucket of somebody who named objects as he liked. */
class OddNamesIT {

    private static final List<String> LEGAL = List.of("cat.png", "-a.png", "a..png", "_", "a/b/c.png");
    /** What every store takes. */
    private static final List<String> ODD = List.of(
            "a+b.png",
            "100%.png",
            "a%20b.png",
            "a b.png",
            "who?.png",
            "no#1.png",
            "\u00e9.png",
            "e\u0301.png",
            "图片 1.png",
            "\ud83d\ude00.png",
            "a&b<c>'d\".png",
            ".hidden.png");
    /** What some stores refuse to take: those whose objects are files. */
    private static final List<String> ODDER = List.of(
            "//a.png", "a//b.png", "a/../b.png", "..", "a\\b.png", "a\nb.png", "a\tb.png", "x", "n".repeat(1024));

    @TempDir
    private Path directory;

    private final List<String> odd = new ArrayList<>(ODD);
    private CommandRunner imagehost;
    private String bucket;

    @BeforeEach
    void fillBucket() {
        Map<String, String> settings = S3TestServer.shared().freshBucket();
        bucket = Objects.requireNonNull(settings.get("S3_BUCKET"));
        imagehost = CommandRunner.in(directory.resolve("data")).with(settings);
        Stream.concat(LEGAL.stream(), ODD.stream()).forEach(name -> put(name, Pictures.uniquePng()));
        ODDER.stream()
                .filter(name -> S3TestServer.shared().putIfNameIsLegal(bucket, name, Pictures.uniquePng()))
                .forEach(odd::add);
        put("folder/", new byte[0]);
    }

    @Test
    void whatCanBeAdoptedIsAndTheRestIsRefusedOneByOne() {
        Result adoption = imagehost.run("import", "--adopt", "--json");

        assertThat(adoption.exitCode()).isEqualTo(1);
        assertThat(adoption.json().get("complete").asBoolean()).isTrue();
        assertThat(adoption.json().get("added").asInt()).isEqualTo(LEGAL.size() - 1);
        assertThat(problems(adoption, "object_name_illegal")).containsExactlyInAnyOrderElementsOf(refused());
        assertThat(adoption.err().lines().filter(line -> line.contains("can't be adopted: legal are")))
                .hasSize(refused().size());
    }

    @Test
    void whatCannotBeAdoptedIsImported() {
        imagehost.run("import", "--adopt");

        Result imported = imagehost.run("import", "--json", "s3://" + bucket);
        Result again = imagehost.run("import", "--json", "s3://" + bucket);

        assertThat(imported.json().get("added").asInt())
                .as(imported.err())
                .isEqualTo(refused().size());
        assertThat(imported.exitCode()).isZero();
        assertThat(again.json().get("added").asInt()).isZero();
        assertThat(originalNames()).contains("a+b.png", "100%.png", "a%20b.png", "图片 1.png", "who?.png");
    }

    @Test
    void whatIsAdoptedIsCheckedAndDeletedAndTheRestIsFoundByTheCheck() {
        imagehost.run("import", "--adopt");

        Result check = imagehost.run("fsck", "--json");
        List<String> ids = new ArrayList<>();
        imagehost
                .run("list", "--json")
                .json()
                .at("/images")
                .forEach(image -> ids.add(image.get("id").asString()));
        ids.add(0, "delete");
        Result deletion = imagehost.run(ids.toArray(String[]::new));

        assertThat(check.err() + check.out()).contains("a+b.png", "100%.png");
        assertThat(deletion.exitCode()).as(deletion.err()).isZero();
        Set<String> left =
                new LinkedHashSet<>(S3TestServer.shared().objects(bucket).keySet());
        assertThat(left).containsAll(ODD).doesNotContain("cat.png", "-a.png", "a..png", "a/b/c.png");
    }

    /** One character is too short for a key, also where it is legal. */
    private List<String> refused() {
        List<String> refused = new ArrayList<>(odd);
        refused.add("_");
        return refused;
    }

    private void put(String name, byte[] bytes) {
        S3TestServer.shared().put(bucket, name, bytes);
    }

    private static List<String> problems(Result result, String code) {
        List<String> names = new ArrayList<>();
        for (JsonNode problem : result.json().get("problems")) {
            if (problem.get("code").asString().equals(code)) {
                names.add(problem.get("name").asString());
            }
        }
        return names;
    }

    private List<String> originalNames() {
        return imagehost
                .run("list", "--json", "--limit", "100")
                .json()
                .at("/images")
                .findValuesAsString("originalName");
    }
}
