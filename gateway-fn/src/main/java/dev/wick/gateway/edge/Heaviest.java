package dev.wick.gateway.edge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Of the answers on one loop those of which most is kept for their clients, to be cut: Envoy's
 * {@code reset_high_memory_stream}. Made for one use, on that loop.
 */
final class Heaviest {

    /** So many are cut at a time, as in Envoy, so that the loop gets to its work. */
    private static final int MOST = 50;

    /** Envoy's eight classes of weight, each of twice the one before. */
    private static final int CLASSES = 8;

    private static final long LEAST = 16 * 1024;

    private final long least;
    private final List<Answer> answers = new ArrayList<>();

    private record Answer(long octets, Runnable cut) {}

    /**
     * @param share how many of the classes are cut, from the heaviest on: more than 0; 1: all
     */
    Heaviest(double share) {
        int classes = Math.min(CLASSES, (int) Math.ceil(share * CLASSES));
        this.least = LEAST << (CLASSES - classes);
    }

    /** An answer of which so much is kept. */
    void offer(long octets, Runnable cut) {
        if (octets >= least) {
            answers.add(new Answer(octets, cut));
        }
    }

    /**
     * Cuts the heaviest.
     *
     * @param counted called for each, before
     */
    void cut(Runnable counted) {
        answers.sort(Comparator.comparingLong(Answer::octets).reversed());
        for (int i = 0; i < answers.size() && i < MOST; i++) {
            counted.run();
            answers.get(i).cut().run();
        }
    }
}
