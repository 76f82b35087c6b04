package io.github.imagehost.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.album.AlbumName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderAlbumsTest {

    @ParameterizedTest
    @CsvSource({
        "2019/a.png, 2019",
        "2019/Italy/a.png, 2019/Italy",
        "'  2019 /\u0007 x/a.png', '2019 / x'",
    })
    void anAlbumIsCalledAsTheFolder(String path, String name) {
        assertThat(FolderAlbums.nameFor(path)).contains(new AlbumName(name));
    }

    @ParameterizedTest
    @CsvSource({"a.png", "/a.png", "'\u0000/a.png'"})
    void whatIsInNoFolderIsInNoAlbum(String path) {
        assertThat(FolderAlbums.nameFor(path)).isEmpty();
    }

    @Test
    void ofALongPathTheEndCounts() {
        String folder = "😀".repeat(60);

        assertThat(FolderAlbums.nameFor("x/" + folder + "/" + folder + "/a.png"))
                .contains(new AlbumName(folder));
        assertThat(FolderAlbums.nameFor("😀".repeat(120) + "/a.png"))
                .isEqualTo(Optional.of(new AlbumName("😀".repeat(AlbumName.LONGEST))));
    }
}
