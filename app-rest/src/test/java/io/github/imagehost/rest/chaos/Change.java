package io.github.imagehost.rest.chaos;

/** What an owner changes about an image. */
enum Change {
    HIDE("{\"visibility\":\"private\"}"),
    SHOW("{\"visibility\":\"public\"}"),
    LIMIT("{\"expiresIn\":\"" + Terms.LIFE + "\"}"),
    UNLIMIT("{\"expiresAt\":null}");

    private final String json;

    Change(String json) {
        this.json = json;
    }

    /** The body of the request. */
    String json() {
        return json;
    }

    /** Whether an image is shared so when this has been done. */
    boolean isDoneIn(Terms terms) {
        return switch (this) {
            case HIDE -> terms.isPrivate();
            case SHOW -> !terms.isPrivate();
            case LIMIT -> terms.ends();
            case UNLIMIT -> !terms.ends();
        };
    }
}
