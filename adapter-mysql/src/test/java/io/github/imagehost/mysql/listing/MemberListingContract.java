package io.github.imagehost.mysql.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.google.common.collect.Lists;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.query.ImageFilter;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.query.SortDirection;
import io.github.imagehost.core.model.query.SortField;
import io.github.imagehost.core.testing.Depth;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lists of albums and tags that are too large to be looked at as a whole, so that they are read in all the ways there
 * are: every image once, and in the right order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MemberListingContract {

    private static final int IMAGES = 5000;
    private static final int LIMIT = 100;
    private static final int ROWS_AT_ONCE = 1000;
    private static final int IDS_APART = 4;

    private static final Group SPREAD = new Group(1, n -> n % 2 == 1);
    private static final Group OLDEST = new Group(2, n -> n <= 1200);
    private static final Group SMALL = new Group(3, n -> n % 100 == 1);
    private static final Group TAGGED = new Group(1, n -> n % 2 == 1);
    private static final Group TAGGED_FIRST = new Group(2, n -> n <= 400 || n % 4 == 2);

    private TestDatabase database;
    private MySqlMetadataRepository repository;

    /**
     * An album or a tag.
     *
     * @param contents of which numbers images are in it
     */
    private record Group(long id, LongPredicate contents) {

        Group and(LongPredicate further) {
            return new Group(id, contents.and(further));
        }

        List<Long> numbers() {
            return LongStream.rangeClosed(1, IMAGES).filter(contents).boxed().toList();
        }
    }

    protected abstract TestDatabase createDatabase();

    @BeforeAll
    final void fill() {
        database = createDatabase();
        repository = MySqlMetadataRepository.open(database.databaseSettings());
        insert(
                "imagehost_blob (id, state, digest, live_digest, size, stored_digest, stored_size, mime_type, width,"
                        + " height, object_key, reserved_at, quarantine_until)",
                LongStream.rangeClosed(1, IMAGES).boxed().toList(),
                n -> {
                    String digest = "X'" + "%064x".formatted(n) + "'";
                    return "(%d, 'STORED', %s, %s, %d, %s, %d, 'image/png', 1, 1, 'k%d.png', %s, %s)"
                            .formatted(id(n), digest, digest, size(n), digest, size(n), n, time(n), time(n));
                });
        insert(
                "imagehost_image (id, owner_id, blob_id, filename, original_name, folded_name, file_size, mime_type,"
                        + " uploaded_at, updated_at, visibility)",
                LongStream.rangeClosed(1, IMAGES).boxed().toList(),
                n -> "(%d, 1, %d, 'k%d.png', '%s', X'%s', %d, 'image/png', %s, %s, '%s')"
                        .formatted(
                                id(n),
                                id(n),
                                n,
                                name(n),
                                hex(name(n)),
                                size(n),
                                time(n),
                                time(n),
                                isHidden(n) ? "PRIVATE" : "PUBLIC"));
        for (Group album : List.of(SPREAD, OLDEST, SMALL)) {
            database.execute(
                    "INSERT INTO imagehost_album (id, owner_id, link_key, name, folded_name, arrangement, visibility,"
                            + " drawn, images, created_at, updated_at) VALUES (%1$d, 1, 'key%1$d', 'a', X'0%1$d', 'NEWEST', 'PRIVATE', 0, %2$d, %3$s, %3$s)"
                                    .formatted(album.id(), album.numbers().size(), time(1)));
            insert(
                    "imagehost_album_image (album_id, image_id, position, image_uploaded_at, shown)",
                    album.numbers(),
                    n -> "(%d, %d, %d, %s, 1)".formatted(album.id(), id(n), n, time(n)));
        }
        for (Group tag : List.of(TAGGED, TAGGED_FIRST)) {
            database.execute("INSERT INTO imagehost_tag (id, owner_id, folded_name, images) VALUES (%d, 1, X'%s', %d)"
                    .formatted(tag.id(), hex("t" + tag.id()), tag.numbers().size()));
            insert(
                    "imagehost_image_tag (tag_id, image_id, image_uploaded_at)",
                    tag.numbers(),
                    n -> "(%d, %d, %s)".formatted(tag.id(), id(n), time(n)));
        }
        repository.recount(OwnerId.DEFAULT);
        repository.tidyUp();
    }

    private void insert(String columns, List<Long> numbers, LongFunction<String> row) {
        // the largest id first: H2 commits its counter of ids each time that it is carried further
        for (List<Long> some : Lists.partition(Lists.reverse(numbers), ROWS_AT_ONCE)) {
            database.execute("INSERT INTO " + columns + " VALUES "
                    + some.stream().map(row::apply).collect(Collectors.joining(", ")));
        }
    }

    @AfterAll
    final void close() {
        repository.close();
        database.close();
    }

    /** In more than one range: the names of the first one are indexed. */
    private static long id(long n) {
        return IDS_APART * n;
    }

    /** In no order, and some are equal. */
    private static long size(long n) {
        return 1 + n * 7919 % 10_007;
    }

    /** The older half has other names. */
    private static String name(long n) {
        return (n <= IMAGES / 2 ? "img" : "dsc") + n + (n % 16 == 1 ? "beach" : "");
    }

    private static boolean isHidden(long n) {
        return n % 3 == 0;
    }

    private static String time(long n) {
        return "'2026-01-%02d %02d:%02d:00'".formatted(1 + n / 1440, n / 60 % 24, n % 60);
    }

    private static String hex(String text) {
        return text.chars().mapToObj("%02x"::formatted).collect(Collectors.joining());
    }

    private static Tag tag(Group group) {
        return Tag.of("t" + group.id());
    }

    /** In every build what lists of members are sorted by themselves, a number that is read of images, and a text. */
    static Stream<SortField> fields() {
        return Depth.of(
                Set.of(SortField.UPLOAD_TIME, SortField.FILE_SIZE, SortField.ORIGINAL_NAME),
                EnumSet.allOf(SortField.class));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void everyImageOfAGroupComesOnce(SortField field) {
        assertLists(field, SPREAD, ImageFilter.ALL.album(1));
        assertLists(field, OLDEST, ImageFilter.ALL.album(2));
        assertLists(field, SMALL, ImageFilter.ALL.album(3));
        assertLists(field, TAGGED_FIRST, ImageFilter.ALL.tag(tag(TAGGED_FIRST)));
    }

    @ParameterizedTest
    @EnumSource(
            value = SortField.class,
            names = {"FILE_SIZE", "UPLOAD_TIME"})
    void everyImageComesOnceOfWhichSomethingElseIsAsked(SortField field) {
        assertLists(
                field, SPREAD.and(n -> !isHidden(n)), ImageFilter.ALL.album(1).visibility(Visibility.PUBLIC));
        assertLists(
                field, SPREAD.and(TAGGED.contents()), ImageFilter.ALL.album(1).tag(tag(TAGGED)));
        assertLists(
                field,
                TAGGED_FIRST.and(OLDEST.contents()),
                ImageFilter.ALL.album(2).tag(tag(TAGGED_FIRST)));
        assertLists(
                field,
                TAGGED_FIRST.and(SPREAD.contents()),
                ImageFilter.ALL.album(1).tag(tag(TAGGED_FIRST)));
        assertLists(
                field, OLDEST.and(n -> n % 16 == 1), ImageFilter.ALL.album(2).text("BEACH"));
        assertLists(
                field,
                SPREAD.and(n -> n % 16 == 1 && !isHidden(n)),
                ImageFilter.ALL.album(1).text("beach").visibility(Visibility.PUBLIC));
        assertLists(field, OLDEST.and(n -> false), ImageFilter.ALL.album(2).text("dsc"));
        assertLists(
                field, OLDEST.and(n -> size(n) <= 20), ImageFilter.ALL.album(2).maxSize(20L));
    }

    private void assertLists(SortField field, Group wanted, ImageFilter filter) {
        Comparator<Image> byKey = Comparator.comparing(
                field::keyOf, field.isNumber() ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder());
        for (SortDirection direction : SortDirection.values()) {
            List<Image> found = new ArrayList<>();
            Optional<ImageQuery> next = Optional.of(ImageQuery.of(OwnerId.DEFAULT)
                    .filter(filter)
                    .sortedBy(field, direction)
                    .limit(LIMIT));
            while (next.isPresent()) {
                ImagePage page = repository.list(next.get());
                if (page.totalIsEstimate()) {
                    assertThat(page.totalItems()).isCloseTo(wanted.numbers().size(), withinPercentage(50));
                    assertThat(wanted.numbers()).hasSizeGreaterThan(ImagePage.EXACT_TOTAL_OF_ALBUM);
                } else {
                    assertThat(page.totalItems())
                            .as("%s", filter)
                            .isEqualTo(wanted.numbers().size());
                }
                found.addAll(page.images());
                next = page.next().map(next.get()::from);
            }
            Comparator<Image> ascending = byKey.thenComparingLong(Image::id);
            assertThat(found)
                    .as("%s %s", filter, direction)
                    .isSortedAccordingTo(direction == SortDirection.ASCENDING ? ascending : ascending.reversed());
            assertThat(found.stream()
                            .map(image -> image.id() / IDS_APART)
                            .sorted()
                            .toList())
                    .isEqualTo(wanted.numbers());
        }
    }

    @Test
    void aPageCanBeCountedFromTheStart() {
        ImageQuery query = ImageQuery.of(OwnerId.DEFAULT)
                .filter(ImageFilter.ALL.album(1))
                .sortedBy(SortField.FILE_SIZE, SortDirection.ASCENDING)
                .limit(LIMIT);
        ImagePage second =
                repository.list(query.from(repository.list(query).next().orElseThrow()));

        assertThat(repository.list(query.page(2)).images()).isEqualTo(second.images());
        assertThat(repository.list(query.page(25)).images()).hasSize(LIMIT);
        assertThat(repository.list(query.page(26)).images()).isEmpty();
    }

    @Test
    void whatIsFrequentInALargeAlbumIsEstimated() {
        ImagePage page = repository.list(
                ImageQuery.of(OwnerId.DEFAULT).filter(ImageFilter.ALL.album(1).tag(tag(TAGGED))));

        assertThat(page.totalIsEstimate()).isTrue();
        assertThat(page.totalItems()).isCloseTo(SPREAD.numbers().size(), withinPercentage(2));
    }

    /** What a few images tell that stand side by side is not so of all. */
    @Test
    void whatIsFrequentAtOnePlaceIsCounted() {
        ImagePage page = repository.list(
                ImageQuery.of(OwnerId.DEFAULT).filter(ImageFilter.ALL.album(1).tag(tag(TAGGED_FIRST))));

        assertThat(page.totalIsEstimate()).isFalse();
        assertThat(page.totalItems()).isEqualTo(200);
    }
}
