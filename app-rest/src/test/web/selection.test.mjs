import assert from 'node:assert/strict';
import test from 'node:test';
import { Selection } from '../../main/resources/app/gallery/selection.js';

const shown = Array.from({ length: 10 }, (_, id) => ({ id }));
const ids = (pictures) => pictures.map(({ id }) => id);

test('a range goes from the last one to this one, in both directions', () => {
    const selection = new Selection();
    selection.toggle(shown[5]);
    selection.extend(shown, shown[7]);
    selection.extend(shown, shown[3]);
    assert.deepEqual(ids(selection.among(shown)), [3, 4, 5, 6, 7]);
});

test('links come in the order of the gallery, whatever was selected first', () => {
    const selection = new Selection();
    [shown[7], shown[1], shown[4]].forEach((picture) => selection.toggle(picture));
    assert.deepEqual(ids(selection.among(shown)), [1, 4, 7]);
});

test('what is not shown any more stays selected', () => {
    const selection = new Selection();
    selection.selectAll([shown[2], shown[3]]);
    assert.deepEqual(ids(selection.among([shown[3]])), [3, 2]);
});

test('nobody goes on selecting after all that was selected is done with', () => {
    const selection = new Selection();
    selection.ask(true);
    [shown[1], shown[2]].forEach((picture) => selection.toggle(picture));
    selection.clear([1]);
    assert.equal(selection.isAsked, true);
    selection.clear([2]);
    assert.equal(selection.isSelecting, false);
});

test('what was selected twice is not selected', () => {
    const selection = new Selection();
    selection.toggle(shown[2]);
    selection.toggle(shown[2]);
    assert.equal(selection.count, 0);
    assert.equal(selection.isSelecting, false);
});
