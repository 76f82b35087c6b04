import assert from 'node:assert/strict';
import test from 'node:test';
import { fitting, nextZoom, sourceFor } from '../../main/resources/app/gallery/zoom.js';

const BOX = { width: 1_200, height: 800 };
const jpeg = (width, height) => ({ width, height, mimeType: 'image/jpeg' });

test('a picture fits the window, and is never blown up', () => {
    assert.equal(fitting(jpeg(2_400, 800), BOX), 0.5);
    assert.equal(fitting(jpeg(100, 100), BOX), 1);
});

test('zooming goes from fitting to pixel by pixel, beyond, and back', () => {
    assert.deepEqual([nextZoom(0, 0.3, 1), nextZoom(0.5, 0.3, 1), nextZoom(4, 0.3, 1)], [0.5, 1, 4]);
    assert.deepEqual([nextZoom(1, 0.3, -1), nextZoom(0.5, 0.3, -1), nextZoom(0, 0.3, -1)], [0.5, 0, 0]);
});

test('no more pixels are fetched than are seen', () => {
    assert.equal(sourceFor(jpeg(6_000, 4_000), 0, BOX), '?w=1280&h=1280');
    assert.equal(sourceFor(jpeg(6_000, 4_000), 0, { width: 3_000, height: 2_000 }), '?w=1920&h=1920');
    assert.equal(sourceFor(jpeg(600, 400), 0, BOX), '');
});

test('the original is fetched when it is looked at closely, and if it moves', () => {
    assert.equal(sourceFor(jpeg(6_000, 4_000), 1, BOX), '');
    assert.equal(sourceFor({ ...jpeg(6_000, 4_000), mimeType: 'image/gif' }, 0, BOX), '');
});
