package io.github.imagehost.cli.option;

import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.terminal.NotFoundException;
import io.github.imagehost.core.view.AlbumDetails;
import picocli.CommandLine.Parameters;

/** An album, and the pictures that are put into it or taken out of it. */
public final class AlbumAndPictures extends PictureParameters {

    @Parameters(paramLabel = AlbumParameter.LABEL, index = "0", description = AlbumParameter.DESCRIPTION)
    private String album = "";

    /**
     * The album.
     *
     * @throws NotFoundException if there is none
     */
    public AlbumDetails album(PictureHost pictures) {
        return AlbumParameter.find(pictures, album);
    }
}
