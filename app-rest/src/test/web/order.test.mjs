import assert from 'node:assert/strict';
import test from 'node:test';
import { arranged, calls, stepped } from '../../main/resources/app/albums/order.js';

test('pictures come in front of another, in the order that they have', () => {
    assert.deepEqual(arranged([1, 2, 3, 4, 5], [5, 2], 1), [2, 5, 1, 3, 4]);
    assert.deepEqual(arranged([1, 2, 3, 4, 5], [1, 2], 5), [3, 4, 1, 2, 5]);
    assert.deepEqual(arranged([1, 2, 3], [2], null), [1, 3, 2]);
});

test('a step leads past one picture, and gathers those that are apart', () => {
    const ids = [1, 2, 3, 4, 5];
    const after = (moving, step) => {
        const before = stepped(ids, moving, step);
        return before === undefined ? ids : arranged(ids, moving, before);
    };
    assert.deepEqual(after([3], -1), [1, 3, 2, 4, 5]);
    assert.deepEqual(after([3], 1), [1, 2, 4, 3, 5]);
    assert.deepEqual(after([4], 1), [1, 2, 3, 5, 4]);
    assert.deepEqual(after([2, 3], 1), [1, 4, 2, 3, 5]);
    assert.deepEqual(after([2, 4], -1), [2, 4, 1, 3, 5]);
    assert.deepEqual(after([1], -1), ids);
    assert.deepEqual(after([5], 1), ids);
    assert.deepEqual(after([1, 3], -1), [1, 3, 2, 4, 5]);
    assert.deepEqual(after([2, 5], 1), [1, 3, 4, 2, 5]);
});

test('the service is told what is fewer: the start, or the end if all is known', () => {
    const ids = [1, 2, 3, 4, 5, 6];
    assert.deepEqual(calls([1, 3, 2, 4, 5, 6], [3], true), [{ ids: [1, 3], to: 'start' }]);
    assert.deepEqual(calls([1, 2, 3, 4, 6, 5], [5], true), [{ ids: [5], to: 'end' }]);
    assert.deepEqual(calls([1, 2, 3, 4, 6, 5], [5], false), [{ ids: [1, 2, 3, 4, 6, 5], to: 'start' }]);
    assert.deepEqual(calls(arranged(ids, [4], 1), [4], true), [{ ids: [4], to: 'start' }]);
});

/** What the service makes of it. */
function obey(before, told) {
    return told.reduce((order, { ids, to }) => {
        const rest = order.filter((id) => !ids.includes(id));
        return to === 'start' ? [...ids, ...rest] : [...rest, ...ids];
    }, before);
}

test('what is told leads to the order that is shown, whatever moves where, and in several requests', () => {
    const many = Array.from({ length: 2_600 }, (_, index) => index + 1);
    for (const [moving, before] of [[[2_500], 3], [[3], 2_500], [[1, 2_000, 2_600], 1_200], [[7], null], [[2_600], 1]]) {
        const after = arranged(many, moving, before);
        for (const isComplete of [true, false]) {
            const told = calls(after, moving, isComplete);
            assert.deepEqual(obey(many, told), after);
            told.forEach(({ ids }) => assert.ok(ids.length <= 1_000));
        }
    }
});

test('pictures that are not loaded stay behind those that are', () => {
    const loaded = [1, 2, 3, 4];
    const after = arranged(loaded, [1], null);
    assert.deepEqual(obey([...loaded, 8, 9], calls(after, [1], false)), [2, 3, 4, 1, 8, 9]);
});
