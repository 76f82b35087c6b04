package io.github.imagehost.cli.command.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.cli.Images;
import io.github.imagehost.cli.Images.Commands;
import io.github.imagehost.mysql.testing.NodeService;
import tools.jackson.databind.JsonNode;

/** What has to be true when the {@link NodeService} is taken over. */
final class AdoptionChecks {

    private AdoptionChecks() {}

    static void run(Commands imagehost, String jdbcUrl) throws Exception {
        Result forecast = imagehost.run("import", "--from-database", jdbcUrl, "--dry-run", "--json");
        assertThat(Images.of(imagehost)).isEmpty();

        Result result = imagehost.run("import", "--from-database", jdbcUrl, "--json", "--time-zone", "Asia/Shanghai");

        assertThat(forecast.out().replace("\"dryRun\":true", "\"dryRun\":false"))
                .isEqualTo(result.out());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.json().get("added").asInt()).isEqualTo(3);
        assertThat(result.json().get("duplicates").asInt()).isEqualTo(3);
        assertThat(result.json().get("problems").findValuesAsString("code"))
                .containsExactly("object_missing", "unsupported_image", "digest_differs", "size_differs");
        assertThat(result.json().get("problems").findValuesAsString("name").get(0))
                .isEqualTo("row 60 (1650000000000-60.png)");
        assertThat(Images.of(imagehost))
                .containsExactlyInAnyOrder(
                        new Images.Row(10, "1650000000000-10.jpg", "猫.jpg", "2022-04-15T04:00:00.000Z"),
                        new Images.Row(40, "1650000000000-40.png", "image.png", "1970-01-01T00:00:00.000Z"),
                        new Images.Row(50, "50.gif", "deep.gif", "2022-05-01T16:00:00.000Z"));
        JsonNode first = imagehost.run("show", "10", "--json").json();
        assertThat(first.get("updatedAt").asString()).isEqualTo("2022-05-31T16:00:00.000Z");
        for (String old :
                new String[] {"11", "20", "21", "1650000000000-11.jpg", "http://127.0.0.1:3000/i/1650000000000-20.jpg"
                }) {
            assertThat(imagehost.run("show", old, "--json").json()).isEqualTo(first);
        }
        assertThat(imagehost.run("show", "30").exitCode()).isEqualTo(1);

        assertThat(imagehost.run("fsck", "--deep").exitCode()).isZero();

        Result again = imagehost.run("import", "--from-database", jdbcUrl, "--json");

        assertThat(again.json().get("known").asInt()).isEqualTo(6);
        assertThat(again.json().get("added").asInt()).isZero();
    }
}
