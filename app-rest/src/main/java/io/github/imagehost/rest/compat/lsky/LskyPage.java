package io.github.imagehost.rest.compat.lsky;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A page of a list, as Laravel 9 tells it.
 *
 * @param data what is on it
 * @param from the number of the first of them in the list, counted from 1; null if there is none
 * @param links to other pages, for people
 * @param path the address of the list
 * @param to the number of the last of them; null if there is none
 * @param total how many there are on all pages
 */
@JsonNaming(SnakeCaseStrategy.class)
record LskyPage(
        long currentPage,
        List<?> data,
        String firstPageUrl,
        @Nullable Long from,
        long lastPage,
        String lastPageUrl,
        List<Link> links,
        @Nullable String nextPageUrl,
        String path,
        int perPage,
        @Nullable String prevPageUrl,
        @Nullable Long to,
        long total) {

    /** How many things make a page. */
    static final int SIZE = 40;

    /** How many pages beside the current one have links, and how many at each end. */
    private static final int NEIGHBOURS = 3;

    private static final int ENDS = 2;

    /**
     * A link to a page.
     *
     * @param url null if it leads nowhere
     * @param label for people, in HTML
     * @param active whether that page is this one
     */
    record Link(@Nullable String url, String label, boolean active) {}

    /**
     * This page.
     *
     * @param page which it is, from 1
     * @param total how many there are on all pages
     * @param path the address of the list
     * @param query what stands in the addresses of its pages before their numbers; empty or with an ampersand at its
     *     end
     */
    static LskyPage of(List<?> data, long page, long total, String path, String query) {
        long last = Math.max(1, (total + SIZE - 1) / SIZE);
        LongFunction<String> url = number -> path + "?" + query + "page=" + number;
        @Nullable String next = page < last ? url.apply(page + 1) : null;
        @Nullable String previous = page > 1 ? url.apply(page - 1) : null;
        long before = (page - 1) * SIZE;
        List<Link> links = new ArrayList<>();
        links.add(new Link(previous, "&laquo; Previous", false));
        long linked = 0;
        for (long number : numbers(page, last)) {
            if (number > linked + 1) {
                links.add(new Link(null, "...", false));
            }
            links.add(new Link(url.apply(number), String.valueOf(number), number == page));
            linked = number;
        }
        links.add(new Link(next, "Next &raquo;", false));
        return new LskyPage(
                page,
                data,
                url.apply(1),
                data.isEmpty() ? null : before + 1,
                last,
                url.apply(last),
                links,
                next,
                path,
                SIZE,
                previous,
                data.isEmpty() ? null : before + data.size(),
                total);
    }

    private static List<Long> numbers(long page, long last) {
        long current = Math.min(page, last);
        List<Long> numbers = new ArrayList<>();
        for (long number = 1; number <= Math.min(ENDS, last); number++) {
            numbers.add(number);
        }
        for (long number = Math.max(ENDS + 1, current - NEIGHBOURS);
                number <= Math.min(current + NEIGHBOURS, last);
                number++) {
            numbers.add(number);
        }
        for (long number = Math.max(last - ENDS + 1, Math.max(ENDS, Math.min(current + NEIGHBOURS, last)) + 1);
                number <= last;
                number++) {
            numbers.add(number);
        }
        return numbers;
    }
}
