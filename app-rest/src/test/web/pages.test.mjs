import assert from 'node:assert/strict';
import test from 'node:test';
import { addressOf, EVERYTHING, Pages, queryOf } from '../../main/resources/app/gallery/pages.js';

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
    const query = { search: '100% cat&dog', sort: 'name', type: 'image/png', visibility: 'private', from: '2026-01-01', to: '' };
    const address = addressOf(query);
    assert.deepEqual(queryOf(new URLSearchParams(address.split('?')[1])), query);
    assert.equal(addressOf(EVERYTHING), '#/');
});

test('what an address names wrongly is as always', () => {
    assert.deepEqual(queryOf(new URLSearchParams('sort=nope&type=text/html&visibility=secret&from=yesterday&to=2026-13-99')), EVERYTHING);
});
