import assert from 'node:assert/strict';
import test from 'node:test';
import { addressOf, albumQuery, changed, EVERYTHING, Pages, queryOf } from '../../main/resources/app/gallery/pages.js';

const picture = (id) => ({ id, originalName: `${id}.png` });
const answer = (ids, nextCursor, total = 1_000) => ({
    images: ids.map(picture),
    pagination: { totalItems: total, nextCursor, totalIsEstimate: false },
});
const ids = (pages) => pages.pictures.map(({ id }) => id);

/** Answers these pages one after the other, and remembers the cursors. */
function listing(...answers) {
    const cursors = [];
    const list = async (query, cursor) => {
        cursors.push(cursor);
        const next = answers.shift();
        if (next instanceof Error) {
            throw next;
        }
        return next;
    };
    return { list, cursors };
}

test('pages follow each other by cursor, until there are no more', async () => {
    const { list, cursors } = listing(answer([9, 8], 'a'), answer([7, 6], 'b'), answer([5], null));
    const pages = new Pages(list);
    await pages.find(EVERYTHING);
    await pages.more();
    await pages.more();
    await pages.more();
    assert.deepEqual(ids(pages), [9, 8, 7, 6, 5]);
    assert.deepEqual(cursors, [null, 'a', 'b']);
    assert.equal(pages.hasMore, false);
});

test('no picture is there twice, whoever uploads meanwhile', async () => {
    const { list } = listing(answer([9, 8], 'a'), answer([8, 7], null));
    const pages = new Pages(list);
    await pages.find(EVERYTHING);
    pages.prepend(picture(10));
    pages.prepend(picture(10));
    await pages.more();
    assert.deepEqual(ids(pages), [10, 9, 8, 7]);
});

test('two wishes for more ask once', async () => {
    const { list, cursors } = listing(answer([9], 'a'), answer([8], null));
    const pages = new Pages(list);
    await pages.find(EVERYTHING);
    await Promise.all([pages.more(), pages.more()]);
    assert.deepEqual(cursors, [null, 'a']);
});

test('an answer to a question that nobody asks any more is not shown', async () => {
    let release;
    const slow = new Promise((resolve) => {
        release = resolve;
    });
    const list = async (query) => (query.search === 'old' ? slow : answer([1], null));
    const pages = new Pages(list);
    const old = pages.find({ ...EVERYTHING, search: 'old' });
    await pages.find({ ...EVERYTHING, search: 'new' });
    release(answer([99], null));
    await old;
    assert.deepEqual(ids(pages), [1]);
});

test('what failed can be asked for again, and what was there stays', async () => {
    const { list, cursors } = listing(answer([9], 'a'), new Error('away'), answer([8], null));
    const pages = new Pages(list);
    await pages.find(EVERYTHING);
    await pages.more();
    assert.equal(pages.state, 'failed');
    await pages.more();
    assert.deepEqual(cursors, [null, 'a'], 'nobody asks by scrolling again and again');
    await pages.retry();
    assert.deepEqual(ids(pages), [9, 8]);
    assert.deepEqual(cursors, [null, 'a', 'a']);
});

test('what is about to be deleted comes back where it was', async () => {
    const { list } = listing(answer([5, 4, 3, 2], null, 4));
    const pages = new Pages(list);
    await pages.find(EVERYTHING);
    pages.hide([picture(4), picture(3)]);
    assert.deepEqual([ids(pages), pages.count], [[5, 2], 2]);
    pages.unhide([picture(3)]);
    assert.deepEqual(ids(pages), [5, 3, 2]);
    pages.forget([4]);
    assert.deepEqual([ids(pages), pages.count], [[5, 3, 2], 3]);
});

test('what is deleted does not come back with a later page', async () => {
    const { list } = listing(answer([5], 'a'), answer([4, 3], null));
    const pages = new Pages(list);
    await pages.find(EVERYTHING);
    pages.forget([4]);
    await pages.more();
    assert.deepEqual(ids(pages), [5, 3]);
});

test('a new picture is put in front of everything, and of nothing else', async () => {
    const { list } = listing(answer([5], null), answer([5], null));
    const pages = new Pages(list);
    await pages.find({ ...EVERYTHING, sort: 'oldest' });
    pages.prepend(picture(6));
    assert.deepEqual(ids(pages), [5]);
    await pages.find(EVERYTHING);
    pages.prepend(picture(6));
    assert.deepEqual(ids(pages), [6, 5]);
});

test('an address names what is asked for, and nothing that is as always', () => {
    const query = { search: '100% cat&dog', sort: 'name', type: 'image/png', visibility: 'private', from: '2026-01-01', to: '', album: '', tag: '' };
    const address = addressOf(query);
    assert.deepEqual(queryOf(new URLSearchParams(address.split('?')[1])), query);
    assert.equal(addressOf(EVERYTHING), '#/');
});

test('what an address names wrongly is as always', () => {
    assert.deepEqual(queryOf(new URLSearchParams('sort=nope&type=text/html&visibility=secret&from=yesterday&to=2026-13-99')), EVERYTHING);
});

const ferien = { id: 7, name: 'Ferien', images: 4, order: 'manual' };

/** An album with these pictures, of which so many are there. */
async function album(order, shown, nextCursor = null) {
    const pages = new Pages(async () => ({ ...answer(shown, nextCursor, 4), album: { ...ferien, order } }));
    await pages.find(albumQuery('7'));
    return pages;
}

test('an album as a whole has an address of its own, and is told of', async () => {
    const pages = await album('manual', [1, 2, 3, 4]);
    assert.equal(pages.album.name, 'Ferien');
    assert.equal(addressOf(pages.query), '#/album/7');
    assert.equal(pages.isEverything, false);
});

test('who looks for something in an album sees what fits, and the album again without it', () => {
    const narrowed = changed(albumQuery('7'), { search: 'cat' });
    assert.equal(addressOf(narrowed), '#/images?search=cat&album=7');
    assert.equal(addressOf(changed(changed(narrowed, { search: '' }), { sort: 'album' })), '#/album/7');
    assert.equal(addressOf(changed(albumQuery('7'), { album: '' })), '#/');
    assert.deepEqual(queryOf(new URLSearchParams('album=7&tag=a%20b')), { ...EVERYTHING, album: '7', tag: 'a b' });
});

test('what comes into an album is shown where it belongs, as far as that is loaded', async () => {
    const [newest, manual, partly] = [await album('newest', [4, 3]), await album('manual', [1, 2]), await album('manual', [1], 'a')];
    [newest, manual, partly].forEach((pages) => {
        pages.include(picture(9));
        pages.include(picture(9));
    });
    assert.deepEqual([ids(newest), ids(manual), ids(partly)], [[9, 4, 3], [1, 2, 9], [1]]);
    assert.equal(newest.total, 5);
});

test('what is taken out of an album may come again; what is moved is still counted', async () => {
    const pages = await album('manual', [1, 2, 3, 4]);
    pages.release([2]);
    assert.deepEqual([ids(pages), pages.count], [[1, 3, 4], 3]);
    pages.release([3], true);
    assert.equal(pages.count, 3);
    pages.include(picture(2));
    assert.deepEqual(ids(pages), [1, 4, 2]);
});

test('pictures that are about to be deleted keep their place while others move', async () => {
    const pages = await album('manual', [1, 2, 3, 4]);
    pages.hide([picture(2)]);
    pages.arrange((all) => [...all].reverse());
    assert.deepEqual(ids(pages), [4, 3, 1]);
    pages.unhide([picture(2)]);
    assert.deepEqual(ids(pages), [4, 3, 2, 1]);
});
