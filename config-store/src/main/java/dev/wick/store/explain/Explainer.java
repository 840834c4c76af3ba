package dev.wick.store.explain;

import dev.wick.store.slice.Slices;

/** Answers with the very look-up and the very route table that instances use. Any thread. */
public final class Explainer {

    private final Slices slices;

    public Explainer(Slices slices) {
        this.slices = slices;
    }

    public Explanation explain(String gateway, Question question) {
        return new Answering(slices, gateway, question).answer();
    }
}
