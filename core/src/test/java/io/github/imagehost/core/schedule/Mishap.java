package io.github.imagehost.core.schedule;

/** What becomes of a call of a port. */
enum Mishap {
    NONE("", true, true),
    CRASH_BEFORE("the caller crashes before it", false, false),
    CRASH_AFTER("it takes effect, and the caller crashes", true, false),
    FAILS("it fails without effect", false, true),
    ANSWER_LOST("it takes effect, but its answer is lost", true, true),
    TOLD_AS_FAILED("it takes effect, but its caller is told that it failed", true, true),
    OUTCOME_UNKNOWN("it has no effect, but the caller can't know", false, true),
    REFUSED("it is refused for every key", false, true),
    LATE("it times out, and takes effect later", false, true),
    CRASH_LATE("it is sent, the caller crashes, and it takes effect later", false, false);

    private final String description;
    private final boolean takesEffect;
    private final boolean callerLives;

    Mishap(String description, boolean takesEffect, boolean callerLives) {
        this.description = description;
        this.takesEffect = takesEffect;
        this.callerLives = callerLives;
    }

    boolean takesEffect() {
        return takesEffect;
    }

    boolean takesEffectLater() {
        return this == LATE || this == CRASH_LATE;
    }

    boolean callerLives() {
        return callerLives;
    }

    @Override
    public String toString() {
        return description;
    }
}
