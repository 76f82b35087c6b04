package io.github.imagehost.rest.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggedAddressTest {

    @ParameterizedTest
    @CsvSource({
        "/api/images/12, /api/images/12",
        "/i/abc.png/thumb, /i/abc.png/thumb",
        "/d/abc.png/0123456789abcdef, /d/abc.png/***",
        "/pictures/d/abc.png/0123456789abcdef, /pictures/d/abc.png/***",
        "/d/abc.png/0123/456, /d/abc.png/***",
        "/d//0123, /d//***",
        "/api/upload/imh_0123456789abcdef.png, /api/upload/imh_***.png",
        "/i/d.png, /i/d.png"
    })
    void aPathIsToldWithoutWhatDeletesAPicture(String path, String logged) {
        assertThat(LoggedAddress.path(path)).isEqualTo(logged);
    }

    @Test
    void aLineEndsNoSecret() {
        assertThat(LoggedAddress.path("/d/abc.png/\n0123")).isEqualTo("/d/abc.png/***");
    }

    @ParameterizedTest
    @CsvSource({
        "page=2&limit=50, page=2&limit=50",
        "search=%E5%9B%BE&sortBy=id, search=%E5%9B%BE&sortBy=id",
        "w=64&s=signature, w=64&***",
        "e=1790000000&k=1&v=signature, ***&***&***",
        "key=secret, ***",
        "KEY=secret&page=1, ***&page=1",
        "%6Bey=secret, ***",
        "access_token=x, ***",
        "imh_0123456789abcdef, ***",
        "=secret, ***",
        "page, ***",
        "search=imh_0123456789abcdef, search=imh_***",
        "&&page=1&, page=1",
        "'', ''"
    })
    void aQueryIsToldAsFarAsItIsKnownToBeHarmless(String query, String logged) {
        assertThat(LoggedAddress.query(query)).isEqualTo(logged);
    }
}
