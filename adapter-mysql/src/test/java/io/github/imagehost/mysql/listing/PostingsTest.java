package io.github.imagehost.mysql.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostingsTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 2", "1023, 16, 2046", "1024, 16, 2048", "1024, 1, 2048", "16384, 1, 2048"})
    void whatIsWrittenIsRead(int count, int distance, int bytes) {
        int[] places = IntStream.range(0, count)
                .map(i -> ImageRanges.SIZE - 1 - (count - 1 - i) * distance)
                .toArray();
        Postings postings = new Postings();
        for (int place : places) {
            postings.add(place);
            postings.add(place);
        }

        byte[] encoded = postings.encode();

        assertThat(encoded).hasSize(bytes);
        assertThat(Postings.decode(encoded).stream().toArray()).isEqualTo(places);
    }
}
