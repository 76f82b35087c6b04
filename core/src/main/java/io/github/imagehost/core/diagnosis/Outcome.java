package io.github.imagehost.core.diagnosis;

import java.util.Optional;

/** What came of a check. */
public enum Outcome {
    /** It is as it should be. */
    OK,
    /** The image host works, but something should be better. */
    WARNING,
    /** A setting is wrong, or what it names lacks a right: the image host does not work with it. */
    SETTING_WRONG,
    /** Nothing answers, or not now: it may be the setting, or trouble that passes. */
    UNREACHABLE,
    /** Something else that the image host needs does not work. */
    FAILED,
    /** It could not be found out, mostly because something else failed. */
    NOT_CHECKED;

    /** An answer of what was seen, with what to set or do about it. */
    public Answer answer(String seen, String advice) {
        return new Answer(this, seen, Optional.of(advice), Optional.empty());
    }

    /** Whether the image host, or some part of it, does not work because of this. */
    public boolean isFailure() {
        return this == SETTING_WRONG || this == UNREACHABLE || this == FAILED;
    }
}
