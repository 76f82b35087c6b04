package io.github.imagehost.cli.command.album;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.cli.terminal.TextTable;
import io.github.imagehost.core.view.AlbumDetails;
import java.util.List;
import java.util.Objects;

/** How commands show albums. */
final class AlbumOutput {

    private static final List<String> HEADINGS = List.of("ID", "PICTURES", "ORDER", "SEEN BY", "ENDS", "LINK", "NAME");

    private AlbumOutput() {}

    /** Prints one album. */
    static void print(AlbumDetails album, CommonOptions options, Terminal terminal) {
        if (options.json()) {
            terminal.print(Json.write(album));
        } else {
            print(List.of(album), terminal);
        }
    }

    /** Prints albums, at least one, as a table. */
    static void print(List<AlbumDetails> albums, Terminal terminal) {
        TextTable table = new TextTable();
        table.add(HEADINGS);
        for (AlbumDetails album : albums) {
            table.add(List.of(
                    String.valueOf(album.id()),
                    String.valueOf(album.images()),
                    album.order(),
                    audience(album),
                    Objects.requireNonNullElse(album.expiresAt(), "never"),
                    Objects.requireNonNullElse(album.url(), "-"),
                    album.name()));
        }
        table.lines().forEach(terminal::print);
    }

    private static String audience(AlbumDetails album) {
        if (album.url() == null) {
            return "you";
        }
        return "everybody" + (album.random() ? ", at random" : "")
                + (album.publicUntil() == null ? "" : ", until " + album.publicUntil());
    }
}
