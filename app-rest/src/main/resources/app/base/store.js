/**
 * Something that is shown. Whoever shows it listens to `change`, and is told of several changes in a row at once, by
 * drawing at most once a frame.
 */
export class Store extends EventTarget {
    /** Tells everybody who listens that it is not what it was. */
    changed() {
        this.dispatchEvent(new Event('change'));
    }
}
