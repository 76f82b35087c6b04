package io.github.imagehost.core.bulk;

import java.util.List;

/** The filenames under which an item was, or may have been, given an image: by this run, or by one that was killed. */
public interface TriedFilenames {

    /** All of them so far, in the order in which they were tried. */
    List<String> filenames();

    /** Remembers another one. It is durable when this returns, and must not be used before. */
    void begin(String filename);
}
