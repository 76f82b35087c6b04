package io.github.imagehost.rest.browser;

/** Has a page believe that there are so many pictures that nobody wants to upload them for a test. */
final class ManyPictures {

    private ManyPictures() {}

    /** A script that answers lists in place of the service; all pictures look as the only one that is there. */
    static String script(int rows) {
        return """
            const rows = %d;
            const fetched = globalThis.fetch;
            let filename;
            const picture = (id) => ({ id, filename, originalName: id + '.png', url: 'http://127.0.0.1/i/' + id,
                fileSize: 1_000, mimeType: 'image/png', uploadTime: '2026-01-01T00:00:00.000Z', fileHash: '', width: 200,
                height: 300 + id %% 200, thumbnailUrl: '', visibility: 'public', expiresAt: null, viewsLeft: null });
            globalThis.fetch = async (url, options) => {
                const { pathname, searchParams } = new URL(url);
                if (!pathname.endsWith('/api/images')) {
                    return fetched(url, options);
                }
                filename ??= (await (await fetched(url, options)).json()).data.images[0].filename;
                const first = Number(searchParams.get('cursor') ?? rows);
                const ids = Array.from({ length: Math.min(100, first) }, (_, index) => first - index);
                const next = first - ids.length;
                return Response.json({ success: true, message: '', data: { images: ids.map(picture), pagination: {
                    totalItems: rows, hasNext: next > 0, nextCursor: next > 0 ? String(next) : null, totalIsEstimate: false } } });
            };
            """.formatted(rows);
    }
}
