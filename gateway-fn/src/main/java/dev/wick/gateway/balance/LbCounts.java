package dev.wick.gateway.balance;

/** Hears what balancing does, for the metrics. Called on loops. */
public interface LbCounts {

    /** A request went to any host of a priority, for too few of them are available. */
    void healthyPanic(int loop);

    /** A request went to the subset that its route asks for. */
    void subsetSelected(int loop);

    /** There is no such subset: the fallback was taken. */
    void subsetFallback(int loop);

    /** The fallback had no host: any of the cluster's was taken. */
    void subsetFallbackPanic(int loop);

    /** How many requests run in the cluster, all loops together. */
    long active();
}
