package io.github.imagehost.rest.compat.picgo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.rest.error.ApiException;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class PicgoReferenceTest {

    private static final String SERVICE = "https://images.test/pictures/i/";

    private static PicgoReference parse(String json) {
        return PicgoReference.of(JsonMapper.shared().readTree(json.replace('\'', '"')), "list[0]", SERVICE);
    }

    /** With S3_PUBLIC_URL, imgUrl ends in the key of an object, which may be another picture's name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'imgUrl':'https://cdn.test/2025/a.png','deleteUrl':'https://images.test/pictures/d/b.png/s-_'}",
                "{'imgUrl':'https://cdn.test/2025/a.png','thumbnailUrl':'https://images.test/pictures/i/b.png/thumb'}",
                "{'imgUrl':'https://cdn.test/2025/a.png','thumbnailUrl':'http://former.test/i/b.png/thumb?e=1&v=s'}",
                "{'imgUrl':'https://images.test/pictures/i/b.png','id':7}",
                "{'imgUrl':'https://images.test/pictures/i/b.png?e=1&v=s'}",
                "{'imgUrl':'https://images.test/pictures/i/b.png/thumb#x'}",
                "{'imgUrl':'https://images.test/pictures/i/b.png','deleteUrl':'https://other.test/delete/xyz'}",
                "{'deleteUrl':'https://images.test/pictures/d/b.png/s','id':7}"
            })
    void theNameIsThatInALinkToTheService(String json) {
        assertThat(parse(json)).isEqualTo(new PicgoReference(Optional.of("b.png"), OptionalLong.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'imgUrl':'https://cdn.test/2025/a.png'}",
                "{'imgUrl':'https://cdn.test/2025/a.png','id':7}",
                "{'imgUrl':'https://cdn.test/pictures/i/a.png','id':7}",
                "{'imgUrl':'https://images.test/pictures/i/2025/a.png'}",
                "{'imgUrl':'https://images.test/pictures/i/'}",
                "{'imgUrl':'a.png'}",
                "{'deleteUrl':'https://other.test/delete/xyz','id':7}",
                "{'thumbnailUrl':'https://other.test/a.png','id':7}"
            })
    void aLinkToElsewhereIsNoReferenceAndAnIdBesideItIsNoneEither(String json) {
        assertThatThrownBy(() -> parse(json)).isInstanceOf(ApiException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'id':7}", "{'id':'7'}", "{'id':7,'deleteUrl':null,'imgUrl':null}"})
    void anIdCountsWhereThereIsNoLink(String json) {
        assertThat(parse(json)).isEqualTo(new PicgoReference(Optional.empty(), OptionalLong.of(7)));
    }
}
