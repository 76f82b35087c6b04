package io.github.imagehost.cli;

import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.cli.MixedFiles.Expected;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** All images that there are, as the command line lists them. */
public final class Images {

    private Images() {}

    /** Gives a command. */
    @FunctionalInterface
    public interface Commands {

        Result run(String... arguments) throws Exception;
    }

    public record Row(long id, String filename, String originalName, String uploadTime) {

        public Expected expected() {
            return new Expected(originalName, uploadTime);
        }
    }

    public static List<Row> of(CommandRunner imagehost) {
        try {
            return of((Commands) imagehost::run);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public static List<Row> of(Commands imagehost) throws Exception {
        List<Row> rows = new ArrayList<>();
        String cursor = "";
        do {
            Result page = cursor.isEmpty()
                    ? imagehost.run("list", "--json", "--limit", "100")
                    : imagehost.run("list", "--json", "--limit", "100", "--cursor=" + cursor);
            for (JsonNode image : page.json().get("images")) {
                rows.add(new Row(
                        image.get("id").asLong(),
                        image.get("filename").asString(),
                        image.get("originalName").asString(),
                        image.get("uploadTime").asString()));
            }
            cursor = page.json().at("/pagination/nextCursor").asString("");
        } while (!cursor.isEmpty());
        return rows;
    }
}
