package io.github.imagehost.core.bulk;

import java.util.List;

/** The filenames under which an item was, or may have been, given an image: by this run, or by one that was killed. */
public interface Attempts {

    /** All of them so far, in the order in which they were tried. */
    List<String> filenames();

    /** Remembers another one. When this returns, it is durable; only then it may be used. */
    void begin(String filename);
}
