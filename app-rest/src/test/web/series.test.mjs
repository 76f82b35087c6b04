import assert from 'node:assert/strict';
import test from 'node:test';
import { largest, withoutGaps } from '../../main/resources/app/statistics/series.js';

const share = (name, images, bytes = 10 * images) => ({ name, images, bytes });

test('months without anything stand between those that have something', () => {
    const months = withoutGaps([share('2025-01', 4), share('2025-11', 3), share('2026-02', 1)], '2026-03');

    assert.deepEqual(months.slice(-5).map(({ name, images }) => [name, images]),
        [['2025-11', 3], ['2025-12', 0], ['2026-01', 0], ['2026-02', 1], ['2026-03', 0]]);
    assert.deepEqual([months.length, months[0]], [15, share('2025-01', 4)]);
});

test('there is a year at least', () => {
    const months = withoutGaps([share('2026-02', 1)], '2026-03');

    assert.deepEqual([months.length, months[0], months[10], months[11]],
        [12, share('2025-04', 0), share('2026-02', 1), share('2026-03', 0)]);
    assert.equal(withoutGaps([], '2026-03').length, 12);
});

test('a month that has begun elsewhere already is the last', () => {
    assert.deepEqual(withoutGaps([share('2026-04', 1)], '2026-03').at(-1), share('2026-04', 1));
});

test('of many months the last are shown', () => {
    const months = withoutGaps([share('2001-01', 1), share('2026-02', 1)], '2026-03');

    assert.equal(months.length, 36);
    assert.deepEqual([months[0].name, months.at(-1).name], ['2023-04', '2026-03']);
});

test('the largest come first, and all others are told together', () => {
    const shares = [share('a', 1, 50), share('b', 3, 7), share('c', 2, 60), share('d', 1, 1)];

    assert.deepEqual(largest(shares, 'images', 2).shown.map(({ name }) => name), ['b', 'c']);
    assert.deepEqual(largest(shares, 'bytes', 2).shown.map(({ name }) => name), ['c', 'a']);
    assert.deepEqual(largest(shares, 'images', 2).rest, { count: 2, images: 2, bytes: 51 });
    assert.deepEqual(largest(shares, 'images', 9).rest, { count: 0, images: 0, bytes: 0 });
});
