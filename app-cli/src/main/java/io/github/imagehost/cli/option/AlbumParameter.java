package io.github.imagehost.cli.option;

import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.terminal.NotFoundException;
import io.github.imagehost.core.view.AlbumDetails;
import picocli.CommandLine.Parameters;

/** The one album that a command is about. */
public final class AlbumParameter {

    static final String LABEL = "ALBUM";

    static final String DESCRIPTION = "The album's id, or its name.";

    @Parameters(paramLabel = LABEL, index = "0", description = DESCRIPTION)
    private String text = "";

    /**
     * The album.
     *
     * @throws NotFoundException if there is none
     */
    public AlbumDetails findIn(PictureHost pictures) {
        return find(pictures, text);
    }

    static AlbumDetails find(PictureHost pictures, String text) {
        return pictures.albums()
                .find(text)
                .orElseThrow(() -> new NotFoundException(
                        "album_not_found", "There is no album " + text + "; 'imagehost album list' shows all of them"));
    }
}
