package io.github.imagehost.core.schedule;

import java.util.List;
import java.util.function.Function;

/**
 * How calls are done and answered that share a transaction; those that are done rightly, unless somebody overrides it.
 */
public class Batching {

    /** As if each of them had come alone, one after the other. */
    public static final Batching RIGHT = new Batching();

    protected Batching() {}

    /**
     * Does what all of them want.
     *
     * @param effects what each of them wants, beginning with the one that leads
     * @return their answers, in the same order
     */
    protected List<Object> perform(World world, List<Function<World, Object>> effects) {
        return effects.stream().map(effect -> effect.apply(world)).toList();
    }

    /**
     * Whether a member learns that its batch has failed, or that nobody knows what came of it.
     *
     * @param position 0 is the one that leads
     */
    protected boolean tellsOfMishap(int position) {
        return true;
    }
}
