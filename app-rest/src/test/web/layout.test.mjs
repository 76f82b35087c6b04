import assert from 'node:assert/strict';
import test from 'node:test';
import { layOut, placeBeside, rowOf, rowsBetween } from '../../main/resources/app/gallery/layout.js';

const BOX = { width: 1_000, height: 200, gap: 8 };
const pictures = (count) => Array.from({ length: count }, (_, place) => ({
    width: 300 + (place * 97) % 700,
    height: 300 + (place * 61) % 500,
}));

test('every picture is in one row, in their order', () => {
    const { rows } = layOut(pictures(1_000), BOX);
    assert.deepEqual(rows.flatMap((row) => row.widths.map((_, index) => row.first + index)),
        Array.from({ length: 1_000 }, (_, place) => place));
});

test('all rows but the last one fill the width to the pixel', () => {
    const { rows } = layOut(pictures(500), BOX);
    for (const { widths } of rows.slice(0, -1)) {
        assert.equal(widths.reduce((sum, width) => sum + width, 0) + BOX.gap * (widths.length - 1), BOX.width);
    }
});

test('rows follow each other without holes, and are not far from the height that was wished', () => {
    const { rows, height } = layOut(pictures(500), BOX);
    rows.slice(1).forEach((row, index) => assert.equal(row.top, rows[index].top + rows[index].height + BOX.gap));
    rows.slice(0, -1).forEach((row) => assert.ok(row.height <= BOX.height && row.height > BOX.height / 2, `${row.height}`));
    assert.equal(height, rows.at(-1).top + rows.at(-1).height);
});

test('few pictures are not blown up', () => {
    const { rows } = layOut([{ width: 100, height: 100 }], BOX);
    assert.deepEqual(rows, [{ first: 0, top: 0, height: 250, widths: [250] }]);
});

test('a panorama and a column leave room for others', () => {
    const { rows } = layOut([{ width: 10_000, height: 10 }, { width: 10, height: 10_000 }], BOX);
    const [panorama, column] = rows[0].widths;
    assert.ok(panorama < 650 && column > 100);
});

test('no pictures have no rows', () => {
    assert.deepEqual(layOut([], BOX), { rows: [], height: 0 });
});

test('only the rows between two heights are taken', () => {
    const { rows } = layOut(pictures(25_000), BOX);
    const some = rowsBetween(rows, 100_000, 103_000);
    assert.ok(some.length < 25);
    assert.ok(some[0].top <= 100_000 && some[0].top + some[0].height + BOX.gap > 100_000);
    assert.ok(some.at(-1).top < 103_000);
    assert.deepEqual(rowsBetween(rows, -5_000, -1_000), []);
});

test('each place is in its row', () => {
    const { rows } = layOut(pictures(300), BOX);
    rows.forEach((row, index) => {
        assert.equal(rowOf(rows, row.first), index);
        assert.equal(rowOf(rows, row.first + row.widths.length - 1), index);
    });
});

test('up and down lead to the picture that is nearest, and stay at the edges', () => {
    const rows = layOut(Array.from({ length: 30 }, () => ({ width: 100, height: 100 })), BOX).rows;
    const perRow = rows[0].widths.length;
    assert.equal(placeBeside(rows, 2, 1, BOX.gap), 2 + perRow);
    assert.equal(placeBeside(rows, 2 + perRow, -1, BOX.gap), 2);
    assert.equal(placeBeside(rows, 2, -1, BOX.gap), 2);
    assert.equal(placeBeside(rows, 29, 1, BOX.gap), 29);
});
